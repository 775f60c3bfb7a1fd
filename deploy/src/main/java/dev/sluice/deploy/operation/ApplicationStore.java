package dev.sluice.deploy.operation;

import dev.sluice.deploy.access.OwnerOnly;
import dev.sluice.deploy.json.Json;
import dev.sluice.deploy.json.JsonReader;
import dev.sluice.war.archive.ContentHash;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The applications that were deployed through the management, and their archives. An archive is called by its hash and nothing that a
 * client says, so none leaves the directory; the list is one file, replaced as a whole. Safe for use by many threads.
 */
final class ApplicationStore {
    private static final String EXTENSION = ".archive";
    private static final int BUFFER = 64 << 10;

    private final Path directory;
    private final Path list;
    private final Map<String, StoredApplication> applications = new LinkedHashMap<>(); // guarded by this
    /** Archives that are about to be deployed, as often as they are. */
    private final List<String> pending = new ArrayList<>(); // guarded by this

    /** What is kept in a directory, which need not exist yet. */
    ApplicationStore(Path directory) {
        this.directory = directory;
        this.list = directory.resolve("list");
    }

    Path directory() {
        return directory;
    }

    /** Reads the list, and removes what is left of uploads that broke off with their process; call it once, before everything else. */
    synchronized void open() throws IOException {
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> broken = Files.newDirectoryStream(directory, ".incoming-*")) {
                for (Path file : broken) {
                    Files.deleteIfExists(file);
                }
            }
        }
        List<String> lines;
        try {
            lines = Files.readAllLines(list);
        } catch (NoSuchFileException e) {
            return;
        }
        for (String line : lines) {
            try {
                StoredApplication stored = read(JsonReader.object(line));
                applications.put(key(stored.host(), stored.name()), stored);
            } catch (IllegalArgumentException e) {
                throw new IOException(
                        list + " has a line that is no application: " + e.getMessage()
                                + " (expected: what this server wrote; remove the file to forget what was deployed)",
                        e);
            }
        }
    }

    private static StoredApplication read(Map<String, Object> fields) {
        if (!(fields.get("hashes") instanceof List<?> hashes) || fields.get("name") == null) {
            throw new IllegalArgumentException("name or hashes are missing");
        }
        return new StoredApplication(
                String.valueOf(fields.get("host")),
                String.valueOf(fields.get("name")),
                String.valueOf(fields.get("path")),
                hashes.stream().map(String::valueOf).toList());
    }

    static String key(String host, String name) {
        return host + "/" + name;
    }

    synchronized List<StoredApplication> all() {
        return List.copyOf(applications.values());
    }

    synchronized Optional<StoredApplication> find(String host, String name) {
        return Optional.ofNullable(applications.get(key(host, name)));
    }

    synchronized void put(StoredApplication stored) throws IOException {
        applications.put(key(stored.host(), stored.name()), stored);
        write();
    }

    synchronized void remove(String host, String name) throws IOException {
        if (applications.remove(key(host, name)) != null) {
            write();
        }
    }

    private void write() throws IOException {
        List<String> lines = new ArrayList<>();
        for (StoredApplication stored : applications.values()) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("host", stored.host());
            fields.put("name", stored.name());
            fields.put("path", stored.path());
            fields.put("hashes", stored.hashes());
            lines.add(Json.write(fields) + "\n");
        }
        OwnerOnly.directory(directory);
        OwnerOnly.write(list, String.join("", lines));
    }

    Path archive(String hash) {
        return directory.resolve(hash + EXTENSION);
    }

    /**
     * Takes an archive in as it comes, without keeping more of it in memory than a buffer.
     *
     * @param most bytes; -1 for any number
     * @return its SHA-256 in hexadecimal
     * @throws OperationException if it is longer, or has another hash than {@code expected}
     */
    String receive(InputStream in, long most, Optional<String> expected) throws IOException, OperationException {
        OwnerOnly.directory(directory);
        Path incoming = OwnerOnly.temporary(directory, ".incoming-");
        try {
            MessageDigest digest = ContentHash.sha256();
            try (OutputStream out = Files.newOutputStream(incoming)) {
                copy(in, out, digest, most);
            }
            String hash = HexFormat.of().formatHex(digest.digest());
            if (expected.isPresent() && !expected.get().equals(hash)) {
                throw new OperationException(
                        OperationException.Kind.OTHER_HASH,
                        "what came has the SHA-256 " + hash + " (expected: " + expected.get()
                                + ", as the request says; it was changed on the way)");
            }
            keep(hash, incoming);
            return hash;
        } finally {
            Files.deleteIfExists(incoming);
        }
    }

    private synchronized void keep(String hash, Path incoming) throws IOException {
        Files.move(incoming, archive(hash), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        pending.add(hash);
    }

    /** What was received is deployed, or is not going to be. */
    synchronized void settled(String hash) {
        pending.remove(hash);
    }

    private static void copy(InputStream in, OutputStream out, MessageDigest digest, long most)
            throws IOException, OperationException {
        byte[] buffer = new byte[BUFFER];
        long total = 0;
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            total += n;
            if (most >= 0 && total > most) {
                throw tooLong(most);
            }
            digest.update(buffer, 0, n);
            out.write(buffer, 0, n);
        }
        if (total == 0) {
            throw new OperationException(
                    OperationException.Kind.BAD, "the request has no body (expected: a WAR or a handler jar)");
        }
    }

    static OperationException tooLong(long most) {
        return new OperationException(
                OperationException.Kind.TOO_LONG,
                "the archive is longer than " + most + " bytes (expected: at most management.upload-size)");
    }

    /** Removes archives that nobody needs any more. */
    synchronized void sweep(Set<Path> inUse) throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        Set<String> kept = Stream.concat(pending.stream(), all().stream().flatMap(stored -> stored.hashes().stream()))
                .map(hash -> hash + EXTENSION)
                .collect(Collectors.toSet());
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + EXTENSION)) {
            for (Path file : files) {
                if (!kept.contains(file.getFileName().toString()) && !inUse.contains(file)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
