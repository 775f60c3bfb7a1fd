package dev.sluice.fork.report;

import org.jspecify.annotations.Nullable;

/**
 * Where in the application's source something was written, from the debug information of its class file.
 *
 * @param className binary name of the class
 * @param method name of the method, or null when it could not be told
 * @param file source file name, or null when the class was compiled without it
 * @param line line number, or 0 when it is not known
 */
public record SourceLocation(
        String className, @Nullable String method, @Nullable String file, int line) {
    @Override
    public String toString() {
        String where = method == null ? className : className + "." + method;
        if (file == null) {
            return where;
        }
        return line > 0 ? where + "(" + file + ":" + line + ")" : where + "(" + file + ")";
    }
}
