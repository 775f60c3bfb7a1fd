package dev.sluice.tck.attack;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One request of {@code attack/http1.txt}, whose head says how it is written.
 *
 * @param kind what becomes of the connection
 * @param statuses the answers that are right
 * @param request the bytes, as characters of ISO 8859-1
 */
record Http1Case(String group, String name, Kind kind, Set<Integer> statuses, String request) {
    /** What becomes of the connection. */
    enum Kind {
        /** It ends, and nothing behind the request is answered. */
        REFUSE,
        /** It goes on, and what follows is answered. */
        ANSWER,
        /** It ends because the client asks for it. */
        CLOSE,
        /** Either. */
        ANY
    }

    /** In place of a status: the connection ends without an answer. */
    static final Integer NO_ANSWER = 0;

    private static final String HOST = "Host: localhost\r\n";
    private static final Map<String, String> MACROS = Map.of(
            "{G}",
            "GET /app/hello HTTP/1.1\r\n",
            "{P}",
            "POST /app/echo HTTP/1.1\r\n",
            "{H}",
            HOST,
            "{C}",
            "POST /app/echo HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n",
            "{S}",
            "GET /app/smuggled HTTP/1.1\r\n" + HOST + "\r\n");
    private static final Pattern ALTERNATIVES = Pattern.compile("<<(.*?)>>");
    private static final Pattern RANGE = Pattern.compile("\\\\x(..)\\.\\.\\\\x(..)");
    private static final Pattern REPETITION = Pattern.compile("\\{(\\d+)\\*([^}]*)}");

    /** All of them. */
    static List<Http1Case> all() {
        try (InputStream in = Http1Case.class.getResourceAsStream("/attack/http1.txt")) {
            List<Http1Case> cases = new ArrayList<>();
            String group = "";
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (line.startsWith("[")) {
                    group = line.substring(1, line.indexOf(']'));
                } else if (!line.isEmpty() && !line.startsWith("#")) {
                    cases.addAll(parse(group, line));
                }
            }
            return cases;
        } catch (IOException e) {
            throw new IllegalStateException("attack/http1.txt cannot be read", e);
        }
    }

    private static List<Http1Case> parse(String group, String line) {
        String[] parts = line.split(" \\| ", 3);
        if (parts.length != 3) {
            throw new IllegalArgumentException("attack/http1.txt: " + line + " (expected: name | expected | request)");
        }
        String[] expected = parts[1].trim().split(" ");
        Set<Integer> statuses = Arrays.stream(expected[1].split(","))
                .map(status -> status.equals("none") ? NO_ANSWER : Integer.valueOf(status))
                .collect(Collectors.toSet());
        List<String> requests = alternatives(parts[2]);
        List<Http1Case> cases = new ArrayList<>();
        for (String request : requests) {
            String bytes = bytes(request);
            String name = parts[0] + (requests.size() == 1 ? "" : " #" + (cases.size() + 1));
            cases.add(new Http1Case(
                    group, name, Kind.valueOf(expected[0].toUpperCase(java.util.Locale.ROOT)), statuses, bytes));
        }
        return cases;
    }

    private static List<String> alternatives(String text) {
        Matcher found = ALTERNATIVES.matcher(text);
        if (!found.find()) {
            return List.of(text);
        }
        List<String> all = new ArrayList<>();
        for (String tail : alternatives(text.substring(found.end()))) {
            for (String each : found.group(1).split("\\|\\|", -1)) {
                for (String one : range(each)) {
                    all.add(text.substring(0, found.start()) + one + tail);
                }
            }
        }
        return all;
    }

    private static List<String> range(String text) {
        Matcher range = RANGE.matcher(text);
        if (!range.matches()) {
            return List.of(text);
        }
        List<String> all = new ArrayList<>();
        for (int c = Integer.parseInt(range.group(1), 16); c <= Integer.parseInt(range.group(2), 16); c++) {
            all.add(String.format("\\x%02x", c));
        }
        return all;
    }

    private static String bytes(String text) {
        String whole = text;
        for (Map.Entry<String, String> macro : MACROS.entrySet()) {
            whole = whole.replace(macro.getKey(), macro.getValue());
        }
        whole = REPETITION
                .matcher(whole)
                .replaceAll(found -> Matcher.quoteReplacement(found.group(2).repeat(Integer.parseInt(found.group(1)))));
        StringBuilder bytes = new StringBuilder();
        for (int i = 0; i < whole.length(); i++) {
            char c = whole.charAt(i);
            if (c != '\\') {
                bytes.append(c);
                continue;
            }
            char escaped = whole.charAt(++i);
            switch (escaped) {
                case 'r' -> bytes.append('\r');
                case 'n' -> bytes.append('\n');
                case 't' -> bytes.append('\t');
                case '\\' -> bytes.append('\\');
                case 'x' -> {
                    bytes.append((char) Integer.parseInt(whole.substring(i + 1, i + 3), 16));
                    i += 2;
                }
                default -> throw new IllegalArgumentException("\\" + escaped + " (expected: r, n, t, \\ or xHH)");
            }
        }
        return bytes.toString();
    }
}
