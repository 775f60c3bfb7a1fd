package dev.sluice.engine.multipart;

/**
 * How much a multipart request may bring, besides what the servlet's {@code <multipart-config>} says.
 *
 * @param maxParts the largest number of parts
 * @param maxPartHeaderSize bytes of the header of one part
 * @param maxFieldsSize bytes of all parts without a file name together, which become parameters
 */
public record MultipartLimits(int maxParts, int maxPartHeaderSize, long maxFieldsSize) {

    /** What the configuration calls the limit on the number of parts. */
    public static final String PARTS_KEY = "limits.parts";

    /** What the configuration calls the limit on the header of a part. */
    public static final String PART_HEAD_KEY = "limits.part-head";

    /** 1,000 parts, 8 KiB of header each, 2 MiB of fields. */
    public static final MultipartLimits DEFAULT = new MultipartLimits(1_000, 8 * 1024, 2L << 20);

    public MultipartLimits {
        if (maxParts < 1 || maxPartHeaderSize < 64 || maxFieldsSize < 0) {
            throw new IllegalArgumentException("maxParts: " + maxParts + ", maxPartHeaderSize: " + maxPartHeaderSize
                    + ", maxFieldsSize: " + maxFieldsSize + " (expected: at least 1, 64 and 0)");
        }
    }
}
