package dev.sluice.tck.attack;

import static dev.sluice.tck.attack.Http2Wire.DATA;
import static dev.sluice.tck.attack.Http2Wire.END_HEADERS;
import static dev.sluice.tck.attack.Http2Wire.END_STREAM;
import static dev.sluice.tck.attack.Http2Wire.HEADERS;
import static dev.sluice.tck.attack.Http2Wire.block;
import static dev.sluice.tck.attack.Http2Wire.frame;
import static dev.sluice.tck.attack.Http2Wire.request;

import dev.sluice.tck.attack.Http2Case.Kind;
import java.util.ArrayList;
import java.util.List;

/** Requests that are malformed (RFC 9113, 8), each on a connection that goes on. */
final class Http2Requests {
    private static final int[] PROTOCOL = {1};
    private static final int[] ANY = {};
    private static final String[] METHOD = {":method", "GET"};
    private static final String[] SCHEME = {":scheme", "http"};
    private static final String[] PATH = {":path", "/app/hello"};
    private static final String[] AUTHORITY = {":authority", "localhost"};

    private final List<Http2Case> cases = new ArrayList<>();

    private Http2Requests() {}

    static List<Http2Case> all() {
        Http2Requests all = new Http2Requests();
        all.pseudoFields();
        all.fields();
        all.lengths();
        all.trailers();
        return all.cases;
    }

    private void malformed(String name, byte[]... parts) {
        byte[] head = frame(HEADERS, END_HEADERS | END_STREAM, 1, Http2Wire.join(parts));
        cases.add(Http2Case.of("request", name, Kind.STREAM, PROTOCOL, head));
    }

    private void fine(String name, byte[]... parts) {
        byte[] head = frame(HEADERS, END_HEADERS | END_STREAM, 1, Http2Wire.join(parts));
        cases.add(Http2Case.of("request", name, Kind.FINE, ANY, head));
    }

    private static byte[] of(String[]... fields) {
        List<String> all = new ArrayList<>();
        for (String[] field : fields) {
            all.addAll(List.of(field));
        }
        return block(all.toArray(String[]::new));
    }

    private static byte[] with(String... field) {
        return request("GET", "/app/hello", field);
    }

    private static byte[] authority(String value) {
        return of(METHOD, SCHEME, PATH, new String[] {":authority", value});
    }

    private static byte[] path(String value) {
        return request("GET", value);
    }

    private void pseudoFields() {
        malformed("no method", of(SCHEME, PATH, AUTHORITY));
        malformed("no scheme", of(METHOD, PATH, AUTHORITY));
        malformed("no path", of(METHOD, SCHEME, AUTHORITY));
        malformed("no authority and no host", of(METHOD, SCHEME, PATH));
        fine("a host instead of the authority", of(METHOD, SCHEME, PATH, new String[] {"host", "localhost"}));
        for (String[] twice : new String[][] {METHOD, SCHEME, PATH, AUTHORITY}) {
            malformed("two of " + twice[0], of(METHOD, SCHEME, PATH, AUTHORITY, twice));
        }
        for (String unknown : new String[] {":status", ":foo", ":", ":protocol"}) {
            malformed("the field " + unknown, with(unknown, "200"));
        }
        malformed("a pseudo-field behind others", of(METHOD, SCHEME, PATH, new String[] {"x", "y"}, AUTHORITY));
        malformedTargets();
        malformedAuthorities();
    }

    private void malformedTargets() {
        for (String path : new String[] {
            "",
            "app/hello",
            "http://localhost/app/hello",
            "*",
            "/app/hello#x",
            "/app/he llo",
            "/app/hello\0",
            "/a\r\nX: y",
            "\\app"
        }) {
            malformed("the path '" + path.strip() + "'", path(path));
        }
        for (String method : new String[] {"", "GE T", "GET\0", "G(T", "GET\r\nX: y", "GET /smuggled HTTP/1.1\r\n"}) {
            malformed("the method '" + method.strip() + "'", request(method, "/app/hello"));
        }
        for (String scheme : new String[] {"", "https", "ftp", "javascript", "ht tp", "http://x"}) {
            malformed(
                    "the scheme '" + scheme + "' on cleartext",
                    of(METHOD, new String[] {":scheme", scheme}, PATH, AUTHORITY));
        }
    }

    private void malformedAuthorities() {
        for (String authority : new String[] {
            "",
            "user@localhost",
            "localhost:x",
            "localhost:99999",
            "local host",
            "local/host",
            "a\0b",
            "a\r\nb",
            "[::1",
            "a,b"
        }) {
            malformed("the authority '" + authority.strip() + "'", authority(authority));
        }
        malformed("a host unlike the authority", with("host", "evil.example"));
        malformed("two hosts", with("host", "localhost", "host", "localhost"));
        malformed("CONNECT with a path", request("CONNECT", "/app/hello"));
        malformed("CONNECT without authority", block(":method", "CONNECT"));
        cases.add(Http2Case.of(
                "request",
                "CONNECT",
                Kind.STREAM,
                ANY,
                frame(
                        HEADERS,
                        END_HEADERS | END_STREAM,
                        1,
                        block(":method", "CONNECT", ":authority", "localhost:80"))));
    }

    private void fields() {
        for (String name :
                new String[] {"connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade"}) {
            malformed("the field " + name, with(name, name.equals("transfer-encoding") ? "chunked" : "close"));
        }
        malformed("te: gzip", with("te", "gzip"));
        fine("te: trailers", with("te", "trailers"));
        for (String name : new String[] {
            "",
            "X",
            "xY",
            "x y",
            "x:",
            "x:y",
            "x\0",
            "x\r",
            "x\n",
            "x\u007f",
            "x\u0080",
            "x\u00ff",
            "x(",
            "x\"",
            "x\t",
            "x\r\ny: z"
        }) {
            malformed("a name of " + name.chars().boxed().toList(), with(name, "y"));
        }
        for (String value :
                new String[] {"\0", "a\0b", "a\rb", "a\nb", "a\r\nb: c", " a", "a ", "\ta", "a\t", "\r", "\n"}) {
            malformed("a value of " + value.chars().boxed().toList(), with("x", value));
        }
        fine("a value with all that may be", with("x", "a\tb\u0080\u00ff(,;\"", "y", ""));
        fine("cookies in pieces", with("cookie", "a=b", "cookie", "c=d"));
        cases.add(Http2Case.of("request", "a head above the limit", Kind.STREAM, ANY, large(70_000)));
        cases.add(Http2Case.of("request", "a head that is nearly too large", Kind.FINE, ANY, large(40_000)));
        String[] many = new String[600];
        for (int i = 0; i < many.length; i++) {
            many[i] = i % 2 == 0 ? "x" : "y";
        }
        cases.add(Http2Case.of(
                "request", "300 fields", Kind.STREAM, ANY, frame(HEADERS, END_HEADERS | END_STREAM, 1, with(many))));
    }

    private static byte[] large(int size) {
        byte[] block = with("x", "y".repeat(size));
        List<byte[]> frames = new ArrayList<>();
        for (int at = 0; at < block.length; at += 16_000) {
            int end = Math.min(block.length, at + 16_000);
            byte[] piece = java.util.Arrays.copyOfRange(block, at, end);
            int flags = end == block.length ? END_HEADERS : 0;
            frames.add(
                    at == 0
                            ? frame(HEADERS, END_STREAM | flags, 1, piece)
                            : frame(Http2Wire.CONTINUATION, flags, 1, piece));
        }
        return Http2Wire.join(frames.toArray(byte[][]::new));
    }

    private void lengths() {
        byte[] three = frame(DATA, END_STREAM, 1, new byte[3]);
        for (String length : new String[] {"2", "4", "0", "-1", "+3", "3.0", "", "x", "99999999999999999999"}) {
            cases.add(Http2Case.of(
                    "request",
                    "the length '" + length + "' for 3 bytes",
                    Kind.STREAM,
                    ANY,
                    post("content-length", length),
                    three));
        }
        cases.add(Http2Case.of(
                "request", "two lengths", Kind.STREAM, ANY, post("content-length", "3", "content-length", "4"), three));
        cases.add(Http2Case.of(
                "request",
                "a length and no body",
                Kind.STREAM,
                ANY,
                frame(HEADERS, END_HEADERS | END_STREAM, 1, request("POST", "/app/echo", "content-length", "3"))));
        cases.add(Http2Case.of("request", "the right length", Kind.FINE, ANY, post("content-length", "3"), three));
        cases.add(Http2Case.of(
                "request", "a length above the limit", Kind.STREAM, ANY, post("content-length", "10485761")));
        cases.add(Http2Case.of(
                "request", "an expectation that nobody knows", Kind.STREAM, ANY, post("expect", "miracles"), three));
    }

    private static byte[] post(String... fields) {
        return frame(HEADERS, END_HEADERS, 1, request("POST", "/app/echo", fields));
    }

    private void trailers() {
        byte[] data = frame(DATA, 0, 1, new byte[3]);
        String[][] wrong = {{":path", "/x"}, {":status", "200"}, {"X", "y"}, {"connection", "close"}, {"x", "a\nb"}};
        for (String[] each : wrong) {
            cases.add(Http2Case.of(
                    "request",
                    "a trailer " + each[0],
                    Kind.STREAM,
                    PROTOCOL,
                    post(),
                    data,
                    frame(HEADERS, END_HEADERS | END_STREAM, 1, block(each))));
        }
        cases.add(Http2Case.of(
                "request",
                "trailers without end",
                Kind.STREAM,
                PROTOCOL,
                post(),
                data,
                frame(HEADERS, END_HEADERS, 1, block("x", "y"))));
        cases.add(Http2Case.of(
                "request",
                "trailers",
                Kind.FINE,
                ANY,
                post(),
                data,
                frame(HEADERS, END_HEADERS | END_STREAM, 1, block("x", "y"))));
    }
}
