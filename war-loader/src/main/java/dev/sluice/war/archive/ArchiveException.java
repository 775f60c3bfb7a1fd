package dev.sluice.war.archive;

import org.jspecify.annotations.Nullable;

/**
 * An archive cannot be deployed. The message says which file is wrong, where (line and column, when it is a text), what was found
 * and what to do; it can be shown as it is.
 */
public final class ArchiveException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final int line;
    private final int column;

    private ArchiveException(String message, String file, int line, int column, @Nullable Throwable cause) {
        super(message, cause);
        this.file = file;
        this.line = line;
        this.column = column;
    }

    /** A problem with a whole file. */
    public static ArchiveException of(String file, String problem) {
        return new ArchiveException(file + ": " + problem, file, -1, -1, null);
    }

    /** A problem with a whole file, with its cause. */
    public static ArchiveException of(String file, String problem, Throwable cause) {
        return new ArchiveException(file + ": " + problem, file, -1, -1, cause);
    }

    /** A problem at a place in a text file. */
    public static ArchiveException at(String file, int line, int column, String problem, @Nullable Throwable cause) {
        String place = line < 0 ? "" : ", line " + line + ", column " + column;
        return new ArchiveException(file + place + ": " + problem, file, line, column, cause);
    }

    /** The file inside the archive, such as {@code WEB-INF/web.xml}, or the archive itself. */
    public String file() {
        return file;
    }

    /** The line from 1, or -1 if the whole file is meant. */
    public int line() {
        return line;
    }

    /** The column from 1, or -1 if the whole file is meant. */
    public int column() {
        return column;
    }
}
