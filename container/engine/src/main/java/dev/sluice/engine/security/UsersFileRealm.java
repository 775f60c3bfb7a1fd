package dev.sluice.engine.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * Users of a text file, one in a line: {@code name:hash:role,role[:digests]}. The hash is one of {@link Passwords}, or
 * {@code -} for a user without a password; digests are {@code SHA-256=hex,MD5=hex} of {@code user:realm:password}. The
 * name of a user with a certificate is {@code SUBJECT issued by ISSUER}, both whole, or {@code sha256=} with the
 * certificate's fingerprint: a subject alone anybody may have whose certificate another authority has signed. Empty lines and lines that begin with {@code #} do not count. The
 * file is read again when it has changed, looked at once a second at most; while a new version has an error, the old one
 * stays in force. Safe for use by many threads.
 */
public final class UsersFileRealm implements Realm {
    private static final System.Logger LOG = System.getLogger("dev.sluice.security");
    private static final String NO_PASSWORD = "-";
    private static final long LOOK_MILLIS = 1000;

    private final Path file;
    private final InstantSource clock;
    private volatile Content content;
    private volatile long lookAgain;

    /**
     * The users of a file; a file that does not exist has none.
     *
     * @throws IllegalArgumentException if a line cannot be read: it says which
     * @throws IOException if the file cannot be read
     */
    public UsersFileRealm(Path file, InstantSource clock) throws IOException {
        this.file = file;
        this.clock = clock;
        this.content = read(file);
        this.lookAgain = clock.millis() + LOOK_MILLIS;
    }

    @Override
    public @Nullable User authenticate(String name, String password) {
        Content current = content();
        Entry entry = current.users.get(name);
        boolean known = entry != null && !entry.hash.equals(NO_PASSWORD);
        // An unknown user costs the same time.
        boolean right = Passwords.verify(password, known && entry != null ? entry.hash : current.hashOfNobody());
        return known && right && entry != null ? entry.user : null;
    }

    @Override
    public @Nullable User authenticate(X509Certificate certificate) {
        Content current = content();
        Set<String> roles = current.holders.get(
                new Holder(certificate.getSubjectX500Principal(), certificate.getIssuerX500Principal()));
        if (roles == null && !current.fingerprints.isEmpty()) {
            roles = current.fingerprints.get(Fingerprint.of(certificate));
        }
        return roles == null
                ? null
                : new User(
                        new UserPrincipal(certificate.getSubjectX500Principal().toString()), roles);
    }

    @Override
    public @Nullable Digest digest(String name, String realmName, String algorithm) {
        Entry entry = content().users.get(name);
        String hash = entry == null ? null : entry.digests.get(algorithm);
        return entry == null || hash == null ? null : new Digest(entry.user, hash);
    }

    private Content content() {
        long now = clock.millis();
        if (now >= lookAgain) {
            lookAgain = now + LOOK_MILLIS;
            try {
                if (!modified(file).equals(content.modified)) {
                    content = read(file);
                }
            } catch (IOException | IllegalArgumentException e) {
                LOG.log(System.Logger.Level.WARNING, "users file has an error; the users of before stay in force", e);
            }
        }
        return content;
    }

    private static FileTime modified(Path file) throws IOException {
        return Files.exists(file) ? Files.getLastModifiedTime(file) : FileTime.fromMillis(0);
    }

    private static Content read(Path file) throws IOException {
        FileTime modified = modified(file);
        Map<String, Entry> users = new HashMap<>();
        Map<Holder, Set<String>> holders = new HashMap<>();
        Map<String, Set<String>> fingerprints = new HashMap<>();
        List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            Entry entry = entry(line, file + ", line " + (i + 1));
            if (users.put(entry.user.name(), entry) != null) {
                throw new IllegalArgumentException(file + ", line " + (i + 1) + ": user " + entry.user.name()
                        + " is there twice (expected: one line for each user)");
            }
            String name = entry.user.name();
            if (Fingerprint.isOne(name)) {
                fingerprints.put(name.toLowerCase(Locale.ROOT), entry.user.roles());
            } else if (name.contains("=")) {
                holders.put(Holder.parse(name, file + ", line " + (i + 1)), entry.user.roles());
            }
        }
        PrivateFiles.warnIfOthersRead(file, "the users' file");
        return new Content(modified, Map.copyOf(users), Map.copyOf(holders), Map.copyOf(fingerprints));
    }

    private static Entry entry(String line, String place) {
        String[] fields = line.split(":", -1);
        if (fields.length < 3 || fields.length > 4 || fields[0].isBlank()) {
            throw new IllegalArgumentException(
                    place + ": " + fields.length + " fields (expected: name:hash:role,role[:digests])");
        }
        String hash = fields[1].strip();
        if (!hash.equals(NO_PASSWORD) && !Passwords.isHash(hash)) {
            throw new IllegalArgumentException(place + ": the password of " + fields[0]
                    + " is no hash of a known kind (expected: pbkdf2-sha256$..., bcrypt, or - for none)");
        }
        Map<String, String> digests = new HashMap<>();
        for (String digest : names(fields.length == 4 ? fields[3] : "")) {
            int equals = digest.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException(
                        place + ": digest \"" + digest + "\" (expected: SHA-256=hex or MD5=hex)");
            }
            digests.put(
                    digest.substring(0, equals).toUpperCase(Locale.ROOT),
                    digest.substring(equals + 1).toLowerCase(Locale.ROOT));
        }
        return new Entry(User.of(fields[0].strip(), names(fields[2])), hash, Map.copyOf(digests));
    }

    private static Set<String> names(String list) {
        Set<String> names = new LinkedHashSet<>();
        for (String name : list.split(",")) {
            if (!name.isBlank()) {
                names.add(name.strip());
            }
        }
        return names;
    }

    @Override
    public String toString() {
        return "users file " + file;
    }

    private record Entry(User user, String hash, Map<String, String> digests) {}

    /** Whom a certificate is for, and who says so. */
    private record Holder(X500Principal subject, X500Principal issuer) {
        private static final String ISSUED_BY = " issued by ";

        static Holder parse(String name, String place) {
            int mark = name.lastIndexOf(ISSUED_BY);
            try {
                if (mark > 0) {
                    return new Holder(
                            new X500Principal(name.substring(0, mark)),
                            new X500Principal(name.substring(mark + ISSUED_BY.length())));
                }
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(place + ": " + wrong(name), e);
            }
            throw new IllegalArgumentException(place + ": " + wrong(name));
        }

        private static String wrong(String name) {
            return "\"" + name
                    + "\" does not name a certificate (expected: SUBJECT issued by ISSUER, such as CN=robot, O=Example"
                    + " issued by CN=Example CA, or sha256= and the 64 hexadecimal digits of its fingerprint)";
        }
    }

    private record Content(
            FileTime modified,
            Map<String, Entry> users,
            Map<Holder, Set<String>> holders,
            Map<String, Set<String>> fingerprints) {
        /** A hash of the kind that the users have. */
        String hashOfNobody() {
            return users.values().stream()
                    .map(Entry::hash)
                    .filter(hash -> !hash.equals(NO_PASSWORD))
                    .findFirst()
                    .orElse(Passwords.OF_NOBODY);
        }
    }
}
