package dev.sluice.fork.report;

import java.util.List;

/**
 * A template could not be published. Carries every finding, not only the first; the message names the template and
 * shows the first few, each with its path and what to do.
 */
public final class ForkException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final int SHOWN = 5;

    private final String template;
    private final transient List<Finding> findings;

    public ForkException(String template, List<Finding> findings) {
        super(message(template, findings));
        this.template = template;
        this.findings = List.copyOf(findings);
    }

    /** The name under which the state was to be published. */
    public String template() {
        return template;
    }

    /** What was found, blockers first; empty only after this exception was itself serialized. */
    public List<Finding> findings() {
        return findings == null ? List.of() : findings;
    }

    private static String message(String template, List<Finding> findings) {
        StringBuilder text = new StringBuilder("template '" + template + "' cannot be forked: ");
        for (int i = 0; i < Math.min(SHOWN, findings.size()); i++) {
            text.append(i == 0 ? "" : "\n  ").append(findings.get(i));
        }
        if (findings.size() > SHOWN) {
            text.append("\n  and ").append(findings.size() - SHOWN).append(" more");
        }
        return text.toString();
    }
}
