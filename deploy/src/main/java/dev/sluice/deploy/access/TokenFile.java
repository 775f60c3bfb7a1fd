package dev.sluice.deploy.access;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The tokens of an installation, hashed, in a file that only its owner can read: one in a line, {@code ID:SHA-256:SECONDS:NAME:ROLE,ROLE}.
 * It is read each time that it is asked, so a token that was revoked by another process is refused from then on. Safe for use by many
 * threads and processes.
 */
public final class TokenFile {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private final Path file;
    private final Clock clock;

    /** The tokens of a file, which need not exist yet. */
    public TokenFile(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    /**
     * What is known of a token.
     *
     * @param id by which it is revoked
     * @param hash of the whole token
     * @param created when it was made
     * @param name whom or what it is for
     * @param grants what it may do
     */
    public record Entry(String id, String hash, Instant created, String name, List<Grant> grants) {
        /** Copies the list. */
        public Entry {
            grants = List.copyOf(grants);
        }

        private String line() {
            return id + ":" + hash + ":" + created.getEpochSecond() + ":" + name + ":"
                    + grants.stream().map(Grant::toString).collect(Collectors.joining(","));
        }
    }

    /** The file. */
    public Path file() {
        return file;
    }

    /** All tokens, in the order in which they were made. */
    public List<Entry> entries() throws IOException {
        List<Entry> entries = new ArrayList<>();
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            return entries;
        }
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                entries.add(entry(lines.get(i), i + 1));
            }
        }
        return entries;
    }

    private Entry entry(String line, int number) throws IOException {
        try {
            String[] fields = line.split(":", 5);
            return new Entry(
                    fields[0],
                    fields[1],
                    Instant.ofEpochSecond(Long.parseLong(fields[2])),
                    fields[3],
                    Arrays.stream(fields[4].split(",")).map(Grant::parse).toList());
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw new IOException(
                    file + ", line " + number + " is no token: " + e.getMessage()
                            + " (expected: ID:SHA-256:SECONDS:NAME:ROLES; sluice token writes them)",
                    e);
        }
    }

    /**
     * Makes a token.
     *
     * @return the token, which nobody can read again
     * @throws IllegalArgumentException if the name is none, or an application's name cannot be written into the file
     */
    public Token add(String name, List<Grant> grants) throws IOException {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("name of a token: " + name
                    + " (expected: up to 64 letters, digits, dots, underscores and hyphens)");
        }
        if (grants.isEmpty()) {
            throw new IllegalArgumentException("token " + name + " has no role (expected: viewer or operator)");
        }
        for (Grant grant : grants) {
            if (grant.application().chars().anyMatch(c -> c == ',' || c < 0x20)) {
                throw new IllegalArgumentException(
                        "role: " + grant + " (expected: an application's name without commas and control characters)");
            }
        }
        Token token = Token.random();
        change(entries -> entries.add(new Entry(token.id(), token.hash(), clock.instant(), name, grants)));
        return token;
    }

    /**
     * Makes the first token: one that may do everything.
     *
     * @return empty if there is a file already, even one without tokens
     */
    public Optional<Token> first() throws IOException {
        return Files.exists(file)
                ? Optional.empty()
                : Optional.of(add("administrator", List.of(Grant.everywhere(Role.OPERATOR))));
    }

    /** Takes a token away; empty if there is none with this id. */
    public Optional<Entry> revoke(String id) throws IOException {
        List<Entry> gone = new ArrayList<>();
        change(entries -> entries.removeIf(entry -> entry.id().equals(id) && gone.add(entry)));
        return gone.stream().findFirst();
    }

    private interface Change {
        void apply(List<Entry> entries);
    }

    private void change(Change change) throws IOException {
        Path directory = OwnerOnly.directory(
                Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file lies in a directory"));
        Path guard = directory.resolve("." + file.getFileName() + ".lock");
        OwnerOnly.create(guard);
        synchronized (TokenFile.class) { // a lock of a file is one of the whole process
            try (FileChannel channel = FileChannel.open(guard, StandardOpenOption.WRITE);
                    FileLock ignored = channel.lock()) {
                List<Entry> entries = entries();
                change.apply(entries);
                OwnerOnly.write(
                        file, entries.stream().map(entry -> entry.line() + "\n").collect(Collectors.joining()));
            }
        }
    }

    /** Whose token it is; empty if nobody's. */
    Optional<Identity> find(Token token) throws IOException {
        String hash = token.hash();
        return entries().stream()
                .filter(entry -> entry.id().equals(token.id()) && Token.same(entry.hash(), hash))
                .findFirst()
                .map(entry -> new Identity("token " + entry.name(), entry.grants()));
    }
}
