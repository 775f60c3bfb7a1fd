package dev.sluice.engine.http.http1;

import dev.sluice.engine.http.grammar.Violation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads a connection with {@link HeadParser} and {@link BodyFraming}, in pieces. */
final class FastReading {
    private final HeadParser parser;
    private final BodyFraming body;
    private final StringBuilder data = new StringBuilder();
    private final List<String> requests = new ArrayList<>();
    private @Nullable Head head;

    FastReading(Limits limits) {
        parser = HeadParser.ofRequests(limits);
        body = new BodyFraming(limits);
    }

    /**
     * Reads everything.
     *
     * @param direct whether the buffer is outside the heap
     * @param piece the size of the next piece, by its beginning; at least 1
     */
    static Reading read(byte[] bytes, Limits limits, boolean direct, IntUnaryOperator piece) {
        FastReading reading = new FastReading(limits);
        for (int from = 0; from < bytes.length; ) {
            int to = Math.min(bytes.length, from + piece.applyAsInt(from));
            ByteBuffer part = direct ? ByteBuffer.allocateDirect(to - from + 1) : ByteBuffer.allocate(to - from + 1);
            part.put(1, bytes, from, to - from);
            int read = from + reading.read(part, 1, 1 + to - from) - 1;
            Violation why = reading.violation();
            if (why != null) {
                return new Reading(reading.requests, why.status(), read);
            }
            from = to;
        }
        return new Reading(reading.requests, 0, -1);
    }

    private @Nullable Violation violation() {
        Violation ofHead = parser.violation();
        return ofHead == null ? body.violation() : ofHead;
    }

    private int read(ByteBuffer bytes, int from, int to) {
        int at = from;
        while (at < to && violation() == null) {
            if (head == null) {
                at = parser.parse(bytes, at, to);
                if (parser.done()) {
                    body.begin(parser.framing().bodyLength());
                    head = parser.take();
                    parser.next();
                }
            } else {
                at = body.advance(bytes, at, to);
                int count = (int) Math.min(to - at, body.available());
                if (count > 0) {
                    byte[] copy = new byte[count];
                    bytes.get(at, copy);
                    data.append(new String(copy, StandardCharsets.ISO_8859_1));
                    body.taken(count);
                    at += count;
                }
            }
            if (head != null && body.ended()) {
                requests.add(text(head));
                data.setLength(0);
                head = null;
            }
        }
        return at;
    }

    private String text(Head complete) {
        Head trailers = body.trailers();
        return Reading.request(
                complete.method() + ' ' + complete.target() + " HTTP/1." + complete.minorVersion(),
                fields(complete),
                data.toString(),
                trailers == null ? List.of() : fields(trailers));
    }

    private static List<String> fields(Head head) {
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < head.count(); i++) {
            fields.add(head.name(i) + ':' + head.value(i));
        }
        return fields;
    }
}
