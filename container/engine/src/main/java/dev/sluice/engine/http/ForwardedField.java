package dev.sluice.engine.http;

import dev.sluice.engine.http.grammar.Tokens;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The syntax of the field {@code Forwarded} (RFC 7239, 4). */
final class ForwardedField {
    private static final int MOST_ELEMENTS = 64;

    private final String text;
    private final List<Map<String, String>> elements = new ArrayList<>();
    private Map<String, String> element = new HashMap<>();
    private int at;

    private ForwardedField(String text) {
        this.text = text;
    }

    /** The elements of all lines of the field, the nearest proxy's last, each with its parameters in lower case; empty if one is malformed. */
    static List<Map<String, String>> parse(List<String> lines) {
        List<Map<String, String>> all = new ArrayList<>();
        for (String line : lines) {
            ForwardedField field = new ForwardedField(line);
            if (!field.read()) {
                return List.of();
            }
            all.addAll(field.elements);
        }
        return all.size() > MOST_ELEMENTS ? List.of() : all;
    }

    private boolean read() {
        while (true) {
            skipBlanks();
            if (at < text.length() && text.charAt(at) != ',' && text.charAt(at) != ';' && !pair()) {
                return false;
            }
            skipBlanks();
            if (at == text.length() || text.charAt(at) == ',') {
                if (!element.isEmpty()) {
                    elements.add(element);
                    element = new HashMap<>();
                }
                if (at++ >= text.length()) {
                    return true;
                }
            } else if (text.charAt(at++) != ';') {
                return false;
            }
        }
    }

    private boolean pair() {
        String name = token();
        if (name.isEmpty() || at == text.length() || text.charAt(at++) != '=') {
            return false;
        }
        String value = at < text.length() && text.charAt(at) == '"' ? quoted() : token();
        return !value.isEmpty() && element.put(name.toLowerCase(Locale.ROOT), value) == null;
    }

    private String token() {
        int start = at;
        while (at < text.length() && Tokens.isTokenCharacter(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    /** What stands between quotes; empty if they do not end. */
    private String quoted() {
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return value.toString();
            }
            if (c == '\\' && at + 1 < text.length()) {
                c = text.charAt(++at);
            }
            value.append(c);
        }
        return "";
    }

    private void skipBlanks() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }
}
