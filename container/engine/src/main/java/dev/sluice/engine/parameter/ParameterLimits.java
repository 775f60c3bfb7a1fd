package dev.sluice.engine.parameter;

/**
 * How much a request may bring as parameters.
 *
 * @param maxCount pairs of name and value, of the query and the form together
 * @param maxFormSize bytes of an {@code application/x-www-form-urlencoded} body
 */
public record ParameterLimits(int maxCount, long maxFormSize) {

    /** What the configuration calls the limit on the count. */
    public static final String COUNT_KEY = "limits.parameters";

    /** What the configuration calls the limit on a form. */
    public static final String FORM_KEY = "limits.form";

    /** 1,000 parameters, 2 MiB of form. */
    public static final ParameterLimits DEFAULT = new ParameterLimits(1_000, 2L << 20);

    public ParameterLimits {
        if (maxCount < 1 || maxFormSize < 0) {
            throw new IllegalArgumentException("maxCount: " + maxCount + ", maxFormSize: " + maxFormSize
                    + " (expected: maxCount >= 1, maxFormSize >= 0)");
        }
    }
}
