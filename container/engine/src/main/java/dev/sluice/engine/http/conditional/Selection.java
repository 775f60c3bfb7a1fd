package dev.sluice.engine.http.conditional;

import dev.sluice.engine.header.HttpDate;
import dev.sluice.engine.http.Headers;
import io.undertow.util.ByteRange;
import io.undertow.util.ETag;
import io.undertow.util.ETagUtils;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What of a representation is sent to a GET or HEAD request, by its conditions and its range (RFC 9110, 13.2.2 and 14.2). Of
 * several ranges none is honoured, which RFC 9110, 14.2 permits: the whole is sent.
 *
 * @param status 200, 206, 304, 412 or 416
 * @param start the first byte to send
 * @param length how many bytes to send; 0 with 304, 412 and 416
 * @param contentRange the value of {@code Content-Range}; with 206 and 416 only
 */
public record Selection(int status, long start, long length, Optional<String> contentRange) {
    /**
     * Decides.
     *
     * @param request the fields of the request
     * @param size the length of the whole
     * @param lastModified when it was changed
     * @param tag the content of its strong entity tag, without quotes
     */
    public static Selection of(Headers request, long size, Instant lastModified, String tag) {
        // HTTP dates have no fractions of a second.
        long modified = lastModified.getEpochSecond();
        int status = condition(request, modified, new ETag(false, tag));
        if (status != 200) {
            return new Selection(status, 0, 0, Optional.empty());
        }
        ByteRange range = range(request);
        ByteRange.RangeResponseResult result = range == null
                ? null
                : range.getResponseResult(size, ifRange(request, modified), Date.from(lastModified), quoted(tag));
        if (result == null) {
            return new Selection(200, 0, size, Optional.empty());
        }
        return new Selection(
                result.getStatusCode(),
                result.getStart(),
                result.getContentLength(),
                Optional.of(result.getContentRange()));
    }

    /** The value of {@code Last-Modified}. */
    public static String lastModified(Instant time) {
        return HttpDate.format(time.toEpochMilli());
    }

    /** The value of {@code ETag}. */
    public static String quoted(String tag) {
        return '"' + tag + '"';
    }

    /** RFC 9110, 13.2.2, steps 1 to 4. */
    private static int condition(Headers request, long modified, ETag tag) {
        String ifMatch = joined(request, "If-Match");
        if (ifMatch != null) {
            if (!ETagUtils.handleIfMatch(ifMatch, tag, false)) {
                return 412;
            }
        } else {
            Long limit = date(request.first("If-Unmodified-Since"));
            if (limit != null && modified > limit) {
                return 412;
            }
        }
        String ifNoneMatch = joined(request, "If-None-Match");
        if (ifNoneMatch != null) {
            return ETagUtils.handleIfNoneMatch(ifNoneMatch, tag, true) ? 200 : 304;
        }
        Long since = date(request.first("If-Modified-Since"));
        return since == null || modified > since ? 200 : 304;
    }

    private static @Nullable ByteRange range(Headers request) {
        String field = request.first("Range");
        ByteRange range = field == null ? null : ByteRange.parse(field);
        return range == null || range.getRanges() != 1 ? null : range;
    }

    /** RFC 9110, 13.1.5: a date must be exactly that of the representation; any other, and a malformed one, is no match. */
    private static @Nullable String ifRange(Headers request, long modified) {
        String field = request.first("If-Range");
        if (field == null || field.startsWith("\"")) {
            return field;
        }
        Long date = date(field);
        return date != null && date == modified ? null : "W/\"never\"";
    }

    /** Seconds since the epoch; null for what is no date, which is ignored (RFC 9110, 13.1.3). */
    private static @Nullable Long date(@Nullable String field) {
        Long millis = field == null ? null : HttpDate.read(field, Instant.now());
        return millis == null ? null : Math.floorDiv(millis, 1000L);
    }

    private static @Nullable String joined(Headers request, String name) {
        return request.contains(name) ? String.join(", ", request.all(name)) : null;
    }
}
