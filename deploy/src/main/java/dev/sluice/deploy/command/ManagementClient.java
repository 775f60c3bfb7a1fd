package dev.sluice.deploy.command;

import dev.sluice.deploy.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.HttpsURLConnection;
import org.jspecify.annotations.Nullable;

/** Asks a running instance. */
final class ManagementClient {
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final Pattern NEXT = Pattern.compile("<([^>]*)>; rel=\"next\"");

    private final String base;
    private final Optional<String> token;
    private final @Nullable Path trust;

    /**
     * Speaks to the instance at a URL.
     *
     * @param base without a slash at the end
     * @param token what is sent as a login; empty for none
     * @param trust the certificates that the server's is checked against; null for those of Java
     */
    ManagementClient(String base, Optional<String> token, @Nullable Path trust) {
        this.base = base;
        this.token = token;
        this.trust = trust;
    }

    /** What is sent with a request. */
    interface Content {
        /** Nothing. */
        Content NONE = new Content() {
            @Override
            public long length() {
                return -1;
            }

            @Override
            public void writeTo(OutputStream out) {}
        };

        /** The bytes; negative for no body. */
        long length();

        /** Writes them. */
        void writeTo(OutputStream out) throws IOException;

        /** A JSON text. */
        static Content json(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return new Content() {
                @Override
                public long length() {
                    return bytes.length;
                }

                @Override
                public void writeTo(OutputStream out) throws IOException {
                    out.write(bytes);
                }
            };
        }

        /** What a stream gives; who watches is told how many bytes were sent so far. */
        static Content stream(InputStream in, long length, LongConsumer progress) {
            return new Content() {
                @Override
                public long length() {
                    return length;
                }

                @Override
                public void writeTo(OutputStream out) throws IOException {
                    byte[] buffer = new byte[64 << 10];
                    long sent = 0;
                    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                        out.write(buffer, 0, n);
                        sent += n;
                        progress.accept(sent);
                    }
                }
            };
        }
    }

    /** The objects of a JSON array, of all pages of it. */
    List<Map<String, Object>> list(String path) {
        List<Map<String, Object>> all = new ArrayList<>();
        String next = path;
        while (next != null) {
            HttpURLConnection connection = send("GET", next, Map.of(), Content.NONE);
            if (!(parsed(next, connection) instanceof List<?> items)) {
                throw unexpected(next);
            }
            items.forEach(item -> all.add(object(item)));
            Matcher link = NEXT.matcher(String.valueOf(connection.getHeaderField("Link")));
            next = link.find() ? link.group(1) : null;
        }
        return all;
    }

    /** The members of a JSON object. */
    Map<String, Object> object(String path) {
        return call("GET", path, Map.of(), Content.NONE);
    }

    /**
     * Sends a request.
     *
     * @return the members of the JSON object that is the answer
     * @throws CommandFailure with what the server says, unless it answered with a status of success
     */
    Map<String, Object> call(String method, String path, Map<String, String> headers, Content content) {
        return object(parsed(path, send(method, path, headers, content)));
    }

    @SuppressWarnings("unchecked") // the names in JSON are text
    private static Map<String, Object> object(@Nullable Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }

    private @Nullable Object parsed(String path, HttpURLConnection connection) {
        try (InputStream in = connection.getInputStream()) {
            return JsonReader.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw unexpected(path);
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    private CommandFailure unexpected(String path) {
        return new CommandFailure(ExitStatus.FAILED, base + path + " answered something else than Sluice does");
    }

    private CommandFailure unreachable(IOException e) {
        return new CommandFailure(
                ExitStatus.FAILED,
                "no instance answers at " + base + ": " + e.getMessage()
                        + " (expected: a running one; --admin-port or --server says which)");
    }

    private HttpURLConnection send(String method, String path, Map<String, String> headers, Content content) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(base + path).toURL().openConnection();
            if (connection instanceof HttpsURLConnection secure && trust != null) {
                secure.setSSLSocketFactory(TrustedCertificates.of(trust));
            }
            connection.setRequestMethod(method);
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(method.equals("GET") ? TIMEOUT_MILLIS : 0);
            connection.setInstanceFollowRedirects(false);
            token.ifPresent(text -> connection.setRequestProperty("Authorization", "Bearer " + text));
            headers.forEach(connection::setRequestProperty);
            Optional<IOException> broken = Optional.empty();
            if (content.length() >= 0) {
                connection.setDoOutput(true);
                connection.setFixedLengthStreamingMode(content.length());
                broken = body(connection, content);
            }
            int status;
            try {
                status = connection.getResponseCode();
            } catch (IOException e) {
                throw broken.orElse(e);
            }
            if (status < 200 || status > 299) {
                throw refused(path, status, connection);
            }
            return connection;
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    /** A server that does not want the rest answers before it has read it. */
    private static Optional<IOException> body(HttpURLConnection connection, Content content) {
        try (OutputStream out = connection.getOutputStream()) {
            content.writeTo(out);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e);
        }
    }

    private CommandFailure refused(String path, int status, HttpURLConnection connection) throws IOException {
        try (InputStream in = connection.getErrorStream()) {
            String text = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
            Map<String, Object> problem = JsonReader.object(text);
            Object detail = problem.getOrDefault("detail", problem.get("title"));
            if (detail != null) {
                return new CommandFailure(ExitStatus.FAILED, base + path + ": " + detail + hint(status));
            }
        } catch (IllegalArgumentException e) {
            // it is not ours, or a proxy stands between
        }
        return new CommandFailure(
                ExitStatus.FAILED, base + path + " answered " + status + " (expected: 200; is this Sluice?)");
    }

    private static String hint(int status) {
        return status == HttpURLConnection.HTTP_UNAUTHORIZED
                ? " (expected: the user and the work-directory of the server, or --token-file with a token of sluice token)"
                : "";
    }
}
