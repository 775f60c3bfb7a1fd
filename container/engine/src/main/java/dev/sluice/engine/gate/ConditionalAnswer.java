package dev.sluice.engine.gate;

import dev.sluice.engine.http.Answer;
import dev.sluice.engine.http.FixedResponse;
import dev.sluice.engine.http.Headers;
import dev.sluice.engine.http.HttpExchange;
import dev.sluice.engine.http.conditional.Selection;
import java.time.Instant;

/** A fixed response under the conditions of a request (RFC 9110, 13); ranges are not honoured, which is allowed. */
final class ConditionalAnswer {
    private ConditionalAnswer() {}

    static Answer of(HttpExchange exchange, FixedResponse.Content content) {
        Answer answer = content.answer();
        Instant modified = content.modified();
        String tag = answer.headers().first("ETag");
        if (modified == null || tag == null || answer.status() != 200) {
            return answer;
        }
        Headers request = exchange.requestHeaders();
        String bare = tag.substring(tag.indexOf('"') + 1, tag.lastIndexOf('"'));
        int status =
                Selection.of(request, answer.content().length, modified, bare).status();
        if (status == 412) {
            return Answer.empty(412);
        }
        if (status != 304) {
            return answer;
        }
        Headers kept = new Headers().add("ETag", tag);
        String lastModified = answer.headers().first("Last-Modified");
        return new Answer(304, lastModified == null ? kept : kept.add("Last-Modified", lastModified), new byte[0]);
    }
}
