package dev.sluice.engine.http.http1;

import dev.sluice.engine.http.grammar.HostNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a connection as RFC 9112 describes it, rule by rule and without a thought about speed. Each rule is a pattern; what does not match, but
 * might with more bytes, is incomplete.
 */
final class SlowReading {
    private static final String TCHAR = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]"; // RFC 9110, 5.6.2
    private static final String PCHAR = "[\\-._~:/?\\[\\]@!$&'()*+,;=0-9A-Za-z]"; // RFC 3986, without #
    private static final String HEX = "[0-9A-Fa-f]";
    private static final String VCHAR = "[\\t\\x20-\\x7e\\x80-\\xff]"; // RFC 9110, 5.5

    private static final Pattern METHOD = Pattern.compile("(" + TCHAR + "{1,32}) ");
    private static final Pattern LONGEST_TARGET =
            Pattern.compile("(?:" + PCHAR + "|%" + HEX + "{2})*+(?:%" + HEX + "?)?");
    private static final Pattern TARGET = Pattern.compile("((?:" + PCHAR + "|%" + HEX + "{2})++) ");
    private static final Pattern VERSION = Pattern.compile("([\\x21-\\x7e]{0,8})\\r");
    private static final Pattern LINE_FEED = Pattern.compile("\\n");
    private static final Pattern LINE_END = Pattern.compile("\\r\\n");
    private static final Pattern NAME = Pattern.compile("(" + TCHAR + "++):");
    private static final Pattern VALUE = Pattern.compile("(" + VCHAR + "*+)\\r");
    private static final Pattern CHUNK = Pattern.compile("(" + HEX + "{1,14})(?:;[\\t\\x20-\\x7e]{0,1024})?\\r\\n");

    /** The end of what can be read: more bytes are needed, or what comes is refused. */
    private static final class Stop extends Exception {
        private static final long serialVersionUID = 1;

        private final int status;

        Stop(int status) {
            super(null, null, false, false);
            this.status = status;
        }
    }

    private final String input;
    private final Limits limits;
    private final List<String> requests = new ArrayList<>();
    private int at;
    private int end; // nothing is read behind it

    private SlowReading(String input, Limits limits) {
        this.input = input;
        this.limits = limits;
        this.end = input.length();
    }

    /** Reads everything; {@code refusedAt} is not looked for. */
    static Reading read(String input, Limits limits) {
        SlowReading reading = new SlowReading(input, limits);
        try {
            while (true) {
                reading.request();
            }
        } catch (Stop stop) {
            return new Reading(reading.requests, stop.status, -1);
        }
    }

    private Matcher take(Pattern rule) throws Stop {
        Matcher matcher = rule.matcher(input).region(at, end);
        if (!matcher.lookingAt()) {
            throw new Stop(matcher.hitEnd() ? 0 : 400);
        }
        at = matcher.end();
        return matcher;
    }

    private void request() throws Stop {
        if (input.startsWith("\r", at)) {
            take(LINE_END); // RFC 9112, 2.2
        }
        if (at == end) {
            throw new Stop(0);
        }
        List<String> fields = new ArrayList<>();
        String line = limited(431, () -> {
            String read = requestLine();
            fields(fields, 431);
            return read;
        });
        long length = framing(line, fields);
        List<String> trailers = new ArrayList<>();
        String body = length < 0 ? chunks(trailers) : data(length);
        requests.add(Reading.request(line, fields, body, trailers));
    }

    private interface Part {
        String read() throws Stop;
    }

    /** Reads something that may have as many bytes as a head. */
    private String limited(int status, Part part) throws Stop {
        int whole = end;
        end = (int) Math.min(whole, (long) at + limits.head());
        boolean cut = end < whole;
        try {
            return part.read();
        } catch (Stop stop) {
            throw stop.status == 0 && cut ? new Stop(status) : stop;
        } finally {
            end = whole;
        }
    }

    private String requestLine() throws Stop {
        String method = take(METHOD).group(1);
        Matcher longest = LONGEST_TARGET.matcher(input).region(at, end);
        if (longest.lookingAt() && longest.end() - at > limits.target()) {
            throw new Stop(414);
        }
        String target = take(TARGET).group(1);
        String version = take(VERSION).group(1);
        if (method.equals("CONNECT") && version.matches("HTTP/1\\.[0-\\x7e]")) {
            throw new Stop(501);
        }
        if (!version.matches("HTTP/1\\.[01]")) {
            throw new Stop(version.startsWith("HTTP/") ? 505 : 400);
        }
        take(LINE_FEED);
        return method + ' ' + target + ' ' + version;
    }

    private void fields(List<String> fields, int tooMany) throws Stop {
        boolean trailers = tooMany == 400;
        List<String> before = new ArrayList<>();
        while (!input.startsWith("\r", at)) {
            if (at < end && input.substring(at, at + 1).matches(TCHAR) && fields.size() == limits.fields()) {
                throw new Stop(tooMany);
            }
            String name = take(NAME).group(1);
            String lowerCase = name.toLowerCase(Locale.ROOT);
            boolean frames = lowerCase.matches("host|content-length|transfer-encoding|upgrade|expect");
            if (frames && trailers) {
                throw new Stop(400);
            }
            String value = take(VALUE).group(1).strip();
            if (frames) {
                check(lowerCase, value, before.contains(lowerCase));
            }
            take(LINE_FEED);
            before.add(lowerCase);
            fields.add(name + ':' + value);
        }
        if (trailers) {
            take(LINE_END);
        } else {
            at++; // the line feed belongs to what is judged as a whole
            if (at >= end) {
                throw new Stop(0);
            }
            take(LINE_FEED);
        }
    }

    private static void check(String name, String value, boolean again) throws Stop {
        boolean fine =
                switch (name) {
                    case "host" -> !again && (value.isEmpty() || HostNames.isAuthority(value));
                    case "content-length" -> !again && value.matches("[0-9]{1,18}");
                    case "transfer-encoding" -> !again && value.equalsIgnoreCase("chunked");
                    default -> true;
                };
        if (!fine) {
            throw new Stop(400);
        }
        if (name.equals("expect") && !value.equalsIgnoreCase("100-continue")) {
            throw new Stop(417);
        }
    }

    /** RFC 9112, 3.2 and 6.3; the length of the body, -1 for chunks. */
    private static long framing(String line, List<String> fields) throws Stop {
        String length = value(fields, "content-length");
        boolean chunked = value(fields, "transfer-encoding") != null;
        String host = value(fields, "host");
        String target = line.split(" ")[1];
        boolean old = line.endsWith("0");
        if (chunked && (length != null || old) || host == null && !old) {
            throw new Stop(400);
        }
        if (!target.startsWith("/") && !target.equals("*")) {
            Matcher url = Pattern.compile("(?i:https?)://([^/?]*).*").matcher(target);
            if (!url.matches() || !HostNames.isAuthority(url.group(1))) {
                throw new Stop(400);
            }
            if (host != null && !host.equalsIgnoreCase(url.group(1))) {
                throw new Stop(400);
            }
        }
        return chunked ? -1 : length == null ? 0 : Long.parseLong(length);
    }

    private static @Nullable String value(List<String> fields, String name) {
        for (String field : fields) {
            int colon = field.indexOf(':');
            if (field.substring(0, colon).equalsIgnoreCase(name)) {
                return field.substring(colon + 1);
            }
        }
        return null;
    }

    private String data(long length) throws Stop {
        if (end - at < length) {
            throw new Stop(0);
        }
        int from = at;
        at += (int) length;
        return input.substring(from, at);
    }

    private String chunks(List<String> trailers) throws Stop {
        StringBuilder body = new StringBuilder();
        while (true) {
            long size = Long.parseLong(take(CHUNK).group(1), 16);
            if (size == 0) {
                limited(400, () -> {
                    fields(trailers, 400);
                    return "";
                });
                return body.toString();
            }
            body.append(data(size));
            take(LINE_END);
        }
    }
}
