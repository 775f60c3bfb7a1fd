package dev.sluice.samples.springmvc;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Answers that come after the request's thread has gone. */
@RestController
public class LaterController {
    private static final long SHORT_MILLIS = 200;
    private static final int EVENTS = 3;

    private final AsyncTaskExecutor executor;

    LaterController(AsyncTaskExecutor executor) {
        this.executor = executor;
    }

    @GetMapping("/later/callable")
    Callable<Map<String, String>> callable() {
        return () -> Map.of("thread", Thread.currentThread().getName());
    }

    @GetMapping("/later/failing")
    Callable<Item> failing() {
        return () -> {
            throw new NoSuchItemException(-1);
        };
    }

    @GetMapping("/later/deferred")
    DeferredResult<Map<String, String>> deferred() {
        DeferredResult<Map<String, String>> result = new DeferredResult<>();
        executor.execute(() -> result.setResult(Map.of("deferred", "done")));
        return result;
    }

    /** Nobody completes it: its timeout answers. */
    @GetMapping("/later/never")
    DeferredResult<ResponseEntity<String>> never() {
        return new DeferredResult<>(
                SHORT_MILLIS,
                ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).body("nobody answered"));
    }

    @GetMapping(value = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter events() {
        SseEmitter emitter = new SseEmitter();
        executor.execute(() -> emit(emitter));
        return emitter;
    }

    private static void emit(SseEmitter emitter) {
        try {
            for (int number = 1; number <= EVENTS; number++) {
                emitter.send(SseEmitter.event()
                        .id(String.valueOf(number))
                        .name("tick")
                        .data("event " + number));
            }
            emitter.complete();
        } catch (IOException clientGone) {
            emitter.completeWithError(clientGone);
        }
    }
}
