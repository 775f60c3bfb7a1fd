package dev.sluice.engine.session;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Keeps the sessions of one application in one file, readable by the owner of the process only. The file is replaced
 * as a whole, so a crash leaves the old or the new one. Safe for use by many threads of one process, and by several stores on one file.
 *
 * <pre>
 * NAME        what was saved
 * NAME.taken  what was taken from it and not saved since: after a crash it is given once more
 * NAME.ended  the ids of those that have ended since, a line each
 * </pre>
 */
public final class FileSessionStore implements SessionStore {
    private static final int MAGIC = 0x534c5331;
    private static final int MAX_CONTENT = 64 << 20;

    /** Guards all files of all stores, and the set below. */
    private static final Object FILES = new Object();

    /** Whose sessions live in this process. */
    private static final Set<Path> TAKEN = new HashSet<>();

    private final Path file;
    private final Path taken;
    private final Path ended;
    /** The ids that were taken. Guarded by FILES. */
    private final Set<String> ids = new HashSet<>();

    /**
     * A store in a file that need not exist.
     *
     * @param served directories whose content clients can fetch
     * @throws IllegalArgumentException if the file is in one of them
     */
    public FileSessionStore(Path file, List<Path> served) {
        this.file = file.toAbsolutePath().normalize();
        this.taken = this.file.resolveSibling(this.file.getFileName() + ".taken");
        this.ended = this.file.resolveSibling(this.file.getFileName() + ".ended");
        for (Path directory : served) {
            if (this.file.startsWith(directory.toAbsolutePath().normalize())) {
                throw new IllegalArgumentException("session store " + this.file + " is inside of " + directory
                        + ", which clients can read (expected: a private directory)");
            }
        }
    }

    /**
     * Makes a directory for stores if there is none, and tries whether files can be made in it.
     *
     * @throws IOException if they cannot
     */
    public static void checkWritable(Path directory) throws IOException {
        try {
            Files.createDirectories(directory, permissions(directory, "rwx------"));
            Files.delete(Files.createTempFile(directory, "sessions", ".tmp", permissions(directory, "rw-------")));
        } catch (IOException e) {
            throw new IOException(
                    "sessions.directory: " + directory + " cannot be written: " + e
                            + " (expected: a directory that the server may write, or none)",
                    e);
        }
    }

    @Override
    public void save(List<StoredSession> sessions) throws IOException {
        synchronized (FILES) {
            List<StoredSession> all = new ArrayList<>(Files.exists(file) ? read(file) : List.of());
            all.addAll(sessions);
            if (!all.isEmpty()) {
                replace(all);
            }
            Files.deleteIfExists(taken);
            Files.deleteIfExists(ended);
            TAKEN.remove(file);
            ids.clear();
        }
    }

    private void replace(List<StoredSession> all) throws IOException {
        Path directory = parent();
        Files.createDirectories(directory, permissions(directory, "rwx------"));
        Path temporary = Files.createTempFile(directory, "sessions", ".tmp", permissions(directory, "rw-------"));
        try {
            write(temporary, all);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static void write(Path target, List<StoredSession> sessions) throws IOException {
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(
                Files.newOutputStream(target, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)))) {
            out.writeInt(MAGIC);
            out.writeInt(sessions.size());
            for (StoredSession session : sessions) {
                out.writeUTF(session.id());
                out.writeLong(session.created());
                out.writeLong(session.lastAccess());
                out.writeInt(session.maxInactiveSeconds());
                out.writeInt(session.content().length);
                out.write(session.content());
            }
        }
    }

    @Override
    public List<StoredSession> take() throws IOException {
        synchronized (FILES) {
            List<StoredSession> all = new ArrayList<>();
            boolean live = TAKEN.contains(file);
            if (!live && Files.exists(taken)) {
                Set<String> gone = Files.exists(ended) ? Set.copyOf(Files.readAllLines(ended)) : Set.of();
                read(taken).stream()
                        .filter(session -> !gone.contains(session.id()))
                        .forEach(all::add);
            }
            if (Files.exists(file)) {
                all.addAll(readOrSetAside());
            }
            if (all.isEmpty() || live) {
                Files.deleteIfExists(file); // what is live already has a file of its own, and this one is given now
                return all;
            }
            replace(all);
            Files.move(file, taken, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            TAKEN.add(file);
            all.forEach(session -> ids.add(session.id()));
            return all;
        }
    }

    /** A damaged file must not fail every start from now on. */
    private List<StoredSession> readOrSetAside() throws IOException {
        try {
            return read(file);
        } catch (IOException e) {
            Files.delete(file);
            throw e;
        }
    }

    @Override
    public void forget(String id) throws IOException {
        synchronized (FILES) {
            if (ids.remove(id) && Files.exists(taken)) {
                if (!Files.exists(ended)) {
                    Files.createFile(ended, permissions(ended, "rw-------"));
                }
                Files.writeString(ended, id + "\n", StandardOpenOption.APPEND);
            }
        }
    }

    private List<StoredSession> read(Path source) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(source)))) {
            if (in.readInt() != MAGIC) {
                throw new IOException(source + " is no session store of this version; delete it");
            }
            int count = in.readInt();
            List<StoredSession> sessions = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                sessions.add(new StoredSession(
                        in.readUTF(), in.readLong(), in.readLong(), in.readInt(), content(in, in.readInt())));
            }
            return sessions;
        }
    }

    private byte[] content(DataInputStream in, int length) throws IOException {
        if (length < 0 || length > MAX_CONTENT) {
            throw new IOException(file + " is damaged: length " + length + " (expected: 0 to " + MAX_CONTENT + ")");
        }
        byte[] content = in.readNBytes(length);
        if (content.length < length) {
            throw new IOException(file + " is damaged: it ends too early");
        }
        return content;
    }

    private Path parent() {
        Path parent = file.getParent();
        if (parent == null) {
            throw new IllegalStateException("session store " + file + " has no directory");
        }
        return parent;
    }

    private static FileAttribute<?>[] permissions(Path file, String text) {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text))}
                : new FileAttribute<?>[0];
    }
}
