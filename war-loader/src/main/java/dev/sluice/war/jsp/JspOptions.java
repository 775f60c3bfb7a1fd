package dev.sluice.war.jsp;

import java.time.Duration;

/**
 * How pages are compiled.
 *
 * @param development whether a changed page is compiled again and errors show the source
 * @param checkInterval how often a page is looked at for a change, in development; zero: at every request
 * @param trimSpaces whether template text of white space only is left out
 */
public record JspOptions(boolean development, Duration checkInterval, boolean trimSpaces) {
    /** Pages are compiled once; nothing looks for changes. */
    public static final JspOptions PRODUCTION = new JspOptions(false, Duration.ZERO, false);

    /** Every request sees a changed page. */
    public static final JspOptions DEVELOPMENT = new JspOptions(true, Duration.ZERO, false);

    public JspOptions {
        if (checkInterval.isNegative()) {
            throw new IllegalArgumentException("checkInterval: " + checkInterval + " (expected: >= 0)");
        }
    }
}
