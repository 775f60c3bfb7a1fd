package dev.sluice.war.archive;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One place with classes: {@code WEB-INF/classes}, or a jar of {@code WEB-INF/lib}.
 *
 * @param name for messages, and for jars the name that {@code ServletContext.ORDERED_LIBS} lists: {@code a.jar}
 * @param file the directory or the jar on disk
 */
public record Library(String name, Path file) {

    /** Whether it is a jar and not a directory of classes. */
    public boolean jar() {
        return Files.isRegularFile(file);
    }

    /** The place of a file inside it, for messages. */
    public String place(String entry) {
        return jar() ? "WEB-INF/lib/" + name + "!/" + entry : name + "/" + entry;
    }
}
