package dev.sluice.engine.http.http1;

import java.util.ArrayList;
import java.util.List;

/** Requests as bytes: those that must be refused, and those that are fine. */
public final class Corpus {
    private static final String POST = "POST / HTTP/1.1\r\nHost: a\r\n";

    private Corpus() {}

    /** A request with these fields besides Host, and what is behind them. */
    public static String withFields(String fields) {
        return POST + fields;
    }

    /** A request with this body. */
    public static String withChunks(String chunks) {
        return POST + "Transfer-Encoding: chunked\r\n\r\n" + chunks;
    }

    static List<String> refused() {
        List<String> all = new ArrayList<>();
        fields().forEach(fields -> all.add(withFields(fields)));
        all.add(withFields("Expect: miracles\r\n\r\n"));
        chunks().forEach(chunks -> all.add(withChunks(chunks)));
        sizes().forEach(chunks -> all.add(withChunks(chunks)));
        all.addAll(heads());
        all.addAll(OTHERS);
        return all;
    }

    static List<String> fine() {
        return List.of(FINE);
    }

    /** Fields that are answered with 400. */
    public static List<String> fields() {
        return List.of(
                "Content-Length: 1\r\nContent-Length: 1\r\n\r\nx",
                "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
                "Content-Length: 1, 1\r\n\r\nx",
                "Content-Length: +1\r\n\r\nx",
                "Content-Length: -1\r\n\r\nx",
                "Content-Length: 0x1\r\n\r\nx",
                "Content-Length: 1 1\r\n\r\nx",
                "Content-Length:\r\n\r\n",
                "Content-Length: 99999999999999999999\r\n\r\nx",
                "Content-Length: \u00b9\r\n\r\nx",
                "Content-Length : 5\r\n\r\nhello",
                "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: identity\r\n\r\n",
                "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: \u000bchunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding\t: chunked\r\n\r\n0\r\n\r\n",
                "X: a\r\n b\r\n\r\n",
                "X: a\r\n\tb\r\n\r\n",
                " X: a\r\n\r\n",
                "X : a\r\n\r\n",
                "X\t: y\r\n\r\n",
                ": a\r\n\r\n",
                "X\r\n\r\n",
                "X: a\n\r\n",
                "X: a\r\n\n",
                "X: a\rY: b\r\n\r\n",
                "X: a\0b\r\n\r\n",
                "X: a\u007fb\r\n\r\n",
                "X(y): a\r\n\r\n",
                "X\0: a\r\n\r\n",
                "\u00e9: a\r\n\r\n",
                "Host: b\r\n\r\n");
    }

    /** Bodies that are answered with 400. */
    public static List<String> chunks() {
        return List.of(
                "5 \r\nhello\r\n0\r\n\r\n",
                "5\nhello\r\n0\r\n\r\n",
                "5\r\nhello\n0\r\n\r\n",
                "5\r\nhelloXX0\r\n\r\n",
                "5\r\nhello0\r\n\r\n",
                "0x5\r\nhello\r\n0\r\n\r\n",
                "+5\r\nhello\r\n0\r\n\r\n",
                "-5\r\nhello\r\n0\r\n\r\n",
                "5g\r\nhello\r\n0\r\n\r\n",
                "5 garbage\r\nhello\r\n0\r\n\r\n",
                "\r\nhello\r\n0\r\n\r\n",
                "5;a=\"\r\nx\"\r\nhello\r\n0\r\n\r\n\0",
                "5;a=\nb\r\nhello\r\n0\r\n\r\n",
                "5;\0\r\nhello\r\n0\r\n\r\n",
                "0\r\nX : a\r\n\r\n",
                "0\r\n folded\r\n\r\n",
                "0\r\nnonsense\r\n\r\n",
                "0\r\nContent-Length: 3\r\n\r\n",
                "0\r\nTransfer-Encoding: chunked\r\n\r\n",
                "0\r\nHost: b\r\n\r\n",
                "0\r\nX: a\n\r\n");
    }

    /** Sizes of chunks of more than 56 bits. */
    public static List<String> sizes() {
        return List.of(
                "ffffffffffffffffff\r\nhello\r\n0\r\n\r\n",
                "7fffffffffffffff\r\nhello\r\n0\r\n\r\n",
                "200000000000005\r\nhello\r\n0\r\n\r\n",
                "400000000000000\r\n\r\n",
                "800000000000005\r\nhello\r\n0\r\n\r\n",
                "fffffffffffffff\r\nhello\r\n0\r\n\r\n");
    }

    /** Requests that are answered with 400 for their request line, their host, or the lines in front. */
    public static List<String> heads() {
        return List.of(
                "GET  / HTTP/1.1\r\nHost: a\r\n\r\n",
                " GET / HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /\r\n",
                "GET / \r\nHost: a\r\n\r\n",
                "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /\u00e9 HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /a\\b HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /a#b HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /% HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /%2 HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET / HTTP/1.1 \r\nHost: a\r\n\r\n",
                "GET / HTTP/1.1\nHost: a\r\n\r\n",
                "GET / http/1.1\r\nHost: a\r\n\r\n",
                "G@T / HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a@b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a,b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a:b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a:\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a:0\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a:65536\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: [::1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: [::g]\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: [1:2]\r\n\r\n",
                "GET http://a/ HTTP/1.1\r\nHost: b\r\n\r\n",
                "GET http://user@a/ HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET ftp://a/ HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET http:/a/ HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET a HTTP/1.1\r\nHost: a\r\n\r\n",
                "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
                "\r\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
                "\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
                "\rGET / HTTP/1.1\r\nHost: a\r\n\r\n");
    }

    /** Requests that are answered otherwise: a version or method that there is not. */
    private static final List<String> OTHERS = List.of(
            "GET / HTTP/2.0\r\nHost: a\r\n\r\n",
            "GET / HTTP/0.9\r\nHost: a\r\n\r\n",
            "GET / HTTP/1.2\r\nHost: a\r\n\r\n",
            "GET / HTTP/3.7\r\nHost: a\r\n\r\n",
            "CONNECT a:80 HTTP/1.1\r\nHost: a:80\r\n\r\n");

    private static final String[] FINE = {
        "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "\r\nGET / HTTP/1.1\r\nHost: a.example:8080\r\n\r\n\r\nGET /next HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: [::ffff:1.2.3.4]\r\n\r\n",
        "GET / HTTP/1.1\r\nhOsT:a\r\nX:\r\nY: \t a \t \r\nZ: \u00e9\r\n\r\n",
        "GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET HTTPS://a?b HTTP/1.1\r\nHost: A\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nHost:\r\n\r\n",
        "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
        "HEAD /a%20b;c?d=%e9 HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-Continue\r\nContent-Length: 5\r\n\r\nhello",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n0;a=\"b\";c\r\nX: trailer\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nA\r\n0123456789\r\n05;x\r\nhello\r\n000\r\n"
                + "T: 1\r\nU: 2\r\n\r\nGET /behind HTTP/1.1\r\nHost: a\r\n\r\n",
    };
}
