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
import java.util.List;

/**
 * Keeps the sessions of one application in one file, readable by the owner of the process only. The file is replaced
 * as a whole, so a crash leaves the old or the new one. Safe for use by many threads of one process.
 */
public final class FileSessionStore implements SessionStore {
    private static final int MAGIC = 0x534c5331;
    private static final int MAX_CONTENT = 64 << 20;

    private final Path file;

    /**
     * A store in a file that need not exist.
     *
     * @param served directories whose content clients can fetch
     * @throws IllegalArgumentException if the file is in one of them
     */
    public FileSessionStore(Path file, List<Path> served) {
        this.file = file.toAbsolutePath().normalize();
        for (Path directory : served) {
            if (this.file.startsWith(directory.toAbsolutePath().normalize())) {
                throw new IllegalArgumentException("session store " + this.file + " is inside of " + directory
                        + ", which clients can read (expected: a private directory)");
            }
        }
    }

    @Override
    public synchronized void save(List<StoredSession> sessions) throws IOException {
        List<StoredSession> all = new ArrayList<>(Files.exists(file) ? read() : List.of());
        all.addAll(sessions);
        if (all.isEmpty()) {
            return;
        }
        Path directory = parent();
        Files.createDirectories(directory, permissions("rwx------"));
        Path temporary = Files.createTempFile(directory, "sessions", ".tmp", permissions("rw-------"));
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
    public synchronized List<StoredSession> take() throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            return read();
        } finally {
            Files.delete(file);
        }
    }

    private List<StoredSession> read() throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            if (in.readInt() != MAGIC) {
                throw new IOException(file + " is no session store of this version; delete it");
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

    private FileAttribute<?>[] permissions(String text) {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text))}
                : new FileAttribute<?>[0];
    }
}
