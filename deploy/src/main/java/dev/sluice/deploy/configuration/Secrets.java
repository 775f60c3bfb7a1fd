package dev.sluice.deploy.configuration;

import dev.sluice.engine.security.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Values that are not shown, and where they may stand instead of the configuration: in the environment or in a file of their own. */
final class Secrets {
    private static final String HIDDEN = "(not shown)";
    private static final Pattern NAME =
            Pattern.compile("(?i).*(password|passwd|secret|token|credential|api-?key|private-?key).*");
    private static final Pattern IN_URL = Pattern.compile("(?i)((?:password|passwd|pwd|secret|token)=)[^;&?]*");
    private static final Pattern USER_IN_URL = Pattern.compile("(//[^/@:]*:)[^/@]*@");

    private Secrets() {}

    /**
     * The secret that a text is or refers to: {@code env:NAME}, {@code file:/path}, or {@code text:} and the secret itself.
     *
     * @throws IllegalArgumentException saying what is missing, without any secret
     */
    static String resolve(String text, Map<String, String> environment) {
        if (text.startsWith("text:")) {
            return text.substring("text:".length());
        }
        if (text.startsWith("env:")) {
            String secret = environment.get(text.substring("env:".length()));
            if (secret == null) {
                throw new IllegalArgumentException(
                        text + ": there is no such variable (expected: one of the environment that the"
                                + " server is started in)");
            }
            return secret;
        }
        return text.startsWith("file:") ? file(text, Path.of(text.substring("file:".length()))) : text;
    }

    private static String file(String reference, Path file) {
        if (!file.isAbsolute()) {
            throw new IllegalArgumentException(reference + ": a relative path (expected: file: and an absolute path)");
        }
        try {
            PrivateFiles.warnIfOthersRead(file, "the secret");
            return Files.readString(file).replaceFirst("\\R\\z", "");
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    reference + ": cannot be read: " + e.getClass().getSimpleName()
                            + " (expected: a UTF-8 file that the server may read, with nothing but the secret)",
                    e);
        }
    }

    /** How a value is shown; a reference as it stands there. */
    static String shown(Key<?> key, String name, String text) {
        if (key.type().equals(ValueType.SECRET)) {
            return text.isEmpty() || text.startsWith("env:") || text.startsWith("file:") ? text : HIDDEN;
        }
        if (key.named() && !text.isEmpty() && NAME.matcher(name).matches()) {
            return HIDDEN;
        }
        return USER_IN_URL.matcher(IN_URL.matcher(text).replaceAll("$1***")).replaceAll("$1***@");
    }

    /** Whether a secret may stand below a section. */
    static boolean below(List<String> path) {
        return Keys.all().stream().anyMatch(key -> key.type().equals(ValueType.SECRET) && key.startsWith(path));
    }

    static String hidden() {
        return HIDDEN;
    }
}
