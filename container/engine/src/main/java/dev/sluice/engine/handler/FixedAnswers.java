package dev.sluice.engine.handler;

import dev.sluice.api.Body;
import dev.sluice.api.Response;
import dev.sluice.engine.http.Answer;
import dev.sluice.engine.http.FixedResponse;
import java.util.HashMap;
import java.util.Map;

/** The fixed responses of an application, rendered once. */
final class FixedAnswers {
    private FixedAnswers() {}

    static Map<String, FixedResponse> render(Map<String, Response> fixed) {
        Map<String, FixedResponse> answers = new HashMap<>();
        fixed.forEach((path, response) -> answers.put(path, new FixedResponse(render(response))));
        return Map.copyOf(answers);
    }

    private static Answer render(Response response) {
        dev.sluice.engine.http.Headers headers = new dev.sluice.engine.http.Headers();
        HeaderFields.addTo(headers, response.headers().without("Content-Length"));
        return new Answer(response.status(), headers, content(response.body()));
    }

    private static byte[] content(Body body) {
        if (body instanceof Body.Bytes bytes) {
            return bytes.content().clone();
        }
        return body instanceof Body.Text text ? text.content().getBytes(text.charset()) : new byte[0];
    }
}
