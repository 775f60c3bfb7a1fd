package dev.sluice.deploy.server;

import dev.sluice.war.archive.ContentHash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

/**
 * The files in which applications keep their sessions, one for each id. Letters, digits, {@code .}, {@code #} and {@code -} stand for
 * themselves, every other character for the bytes of its UTF-8 form as {@code %5F}; so two ids never have one name. What would be too long
 * for a file system ends with its hash.
 */
final class SessionFiles {
    private static final int LONGEST = 200;
    private static final int HASH_DIGITS = 32;
    private static final String EXTENSION = ".sessions";
    private static final List<String> PARTS = List.of("", ".taken", ".ended");

    private SessionFiles() {}

    /**
     * The file of an application. One that was written under a name in which {@code _} stood for all other characters gets its own name
     * now: whoever asks first has it.
     */
    static Path of(Path directory, String id) throws IOException {
        Path file = directory.resolve(name(id) + EXTENSION);
        Path old = directory.resolve(id.replaceAll("[^A-Za-z0-9._#-]", "_") + EXTENSION);
        if (!old.equals(file) && !Files.exists(file) && !Files.exists(part(file, ".taken"))) {
            for (String part : PARTS) {
                rename(part(old, part), part(file, part));
            }
        }
        return file;
    }

    private static Path part(Path file, String part) {
        return file.resolveSibling(file.getFileName() + part);
    }

    private static void rename(Path from, Path to) throws IOException {
        if (!Files.exists(from)) {
            return;
        }
        try {
            Files.move(from, to);
        } catch (NoSuchFileException e) {
            if (Files.exists(from)) {
                throw e; // otherwise another application of that old name was first
            }
        }
    }

    static String name(String id) {
        StringBuilder name = new StringBuilder();
        for (byte each : id.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (each & 0xff);
            if (character < 128 && (Character.isLetterOrDigit(character) || ".#-".indexOf(character) >= 0)) {
                name.append(character);
            } else {
                name.append('%').append(HexFormat.of().withUpperCase().toHexDigits(each));
            }
        }
        return name.length() <= LONGEST
                ? name.toString()
                : name.substring(0, LONGEST) + "%%" + ContentHash.ofText(id).substring(0, HASH_DIGITS);
    }
}
