package dev.sluice.deploy.access;

import dev.sluice.engine.security.LoginThrottle;
import dev.sluice.engine.security.Logins;
import dev.sluice.engine.security.RealmException;
import dev.sluice.engine.security.User;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who sends a request to the management listener. Known are the tokens of the installation's file, the token that this process made for
 * whoever can read the installation's files, and users of the realm that have a role whose name begins with {@code sluice-}. Who guesses
 * is slowed down, tokens by their id as users by their name. Safe for use by many threads; may block.
 */
public final class Access {
    /** What the names of roles of users begin with that count here: {@code sluice-viewer}, {@code sluice-operator@shop}. */
    public static final String USER_ROLE = "sluice-";

    private static final String NO_TOKEN = "";

    private final TokenFile tokens;
    private final Logins users;
    private final LoginThrottle throttle;
    private final Path directory;
    private final Token own = Token.random();

    /**
     * Who may in one process.
     *
     * @param directory where the tokens are kept
     */
    public Access(Path directory, Logins users, LoginThrottle throttle, Clock clock) {
        this.directory = directory;
        this.tokens = new TokenFile(tokens(directory), clock);
        this.users = users;
        this.throttle = throttle;
    }

    /** The file with the hashed tokens, in the directory of the management. */
    public static Path tokens(Path directory) {
        return directory.resolve("tokens");
    }

    /** The file with the token of the process that listens on a port; only the owner of the installation can read it. */
    public static Path ownToken(Path directory, int port) {
        return directory.resolve("token-of-port-" + port);
    }

    /** Where the management keeps its files. */
    public Path directory() {
        return directory;
    }

    /** The tokens of the installation. */
    public TokenFile tokens() {
        return tokens;
    }

    /** Lets commands on this machine in, as long as the process lives. */
    public void admitOwner(int port) throws IOException {
        OwnerOnly.directory(directory);
        OwnerOnly.write(ownToken(directory, port), own.text() + "\n");
    }

    /** Whether two secrets are the same, in a time that does not tell where they differ. */
    public static boolean same(String one, String other) {
        return Token.same(one, other);
    }

    /** Takes the file away that lets commands on this machine in. */
    public void dismissOwner(int port) throws IOException {
        Files.deleteIfExists(ownToken(directory, port));
    }

    /** What came of an {@code Authorization} header. */
    public sealed interface Answer {
        /** It is this one. */
        record Known(Identity identity) implements Answer {}

        /** Nobody: no header, or nothing in it that is right; the reason is for the client. */
        record Nobody(String reason) implements Answer {}

        /** It was not looked at, because too many were wrong before. */
        record Later() implements Answer {}
    }

    /**
     * Whom an {@code Authorization} header names.
     *
     * @param header null if there is none
     * @param address the client's
     * @throws IOException if the tokens cannot be read
     */
    public Answer who(@Nullable String header, String address) throws IOException {
        if (header == null) {
            return new Answer.Nobody("The request has no login.");
        }
        int space = header.indexOf(' ');
        String scheme = space < 0 ? header : header.substring(0, space);
        String rest = space < 0 ? "" : header.substring(space + 1).strip();
        return switch (scheme.toLowerCase(Locale.ROOT)) {
            case "bearer" -> bearer(rest, address);
            case "basic" -> basic(rest, address);
            default -> new Answer.Nobody("The scheme of the login is neither Bearer nor Basic.");
        };
    }

    /** Whose token a text is. */
    public Answer bearer(String text, String address) throws IOException {
        Optional<Token> token = Token.parse(text);
        String id = "token " + token.map(Token::id).orElse(NO_TOKEN);
        if (throttle.locked(id, address)) {
            return new Answer.Later();
        }
        Optional<Identity> found = token.isEmpty() ? Optional.empty() : find(token.get());
        if (found.isEmpty()) {
            throttle.failed(id, address);
            return new Answer.Nobody("The token is not known, or was revoked.");
        }
        throttle.succeeded(id, address);
        return new Answer.Known(found.get());
    }

    private Optional<Identity> find(Token token) throws IOException {
        return Token.same(own.text(), token.text())
                ? Optional.of(new Identity("owner", List.of(Grant.everywhere(Role.OPERATOR))))
                : tokens.find(token);
    }

    private Answer basic(String encoded, String address) throws IOException {
        String pair;
        try {
            pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return new Answer.Nobody("The login is no Base64.");
        }
        int colon = pair.indexOf(':');
        return colon < 0
                ? new Answer.Nobody("The login has no colon between user and password.")
                : password(pair.substring(0, colon), pair.substring(colon + 1), address);
    }

    /** Whose name and password these are. */
    public Answer password(String name, String password, String address) throws IOException {
        try {
            User user = users.password(name, password, address);
            return user == null
                    ? new Answer.Nobody(
                            "User and password do not belong together, or there were too many wrong ones before.")
                    : new Answer.Known(new Identity("user " + user.name(), grants(user)));
        } catch (RealmException e) {
            throw new IOException("the users cannot be asked: " + e.getMessage(), e);
        }
    }

    private static List<Grant> grants(User user) {
        List<Grant> grants = new ArrayList<>();
        for (String role : user.roles()) {
            if (role.startsWith(USER_ROLE)) {
                try {
                    grants.add(Grant.parse(role.substring(USER_ROLE.length())));
                } catch (IllegalArgumentException e) {
                    // a role of an application that begins the same way
                }
            }
        }
        return grants;
    }
}
