package dev.sluice.admin;

import dev.sluice.api.Body;
import dev.sluice.api.Handler;
import dev.sluice.api.HandlerContext;
import dev.sluice.api.Middleware;
import dev.sluice.api.Request;
import dev.sluice.api.Response;
import dev.sluice.api.StatusException;
import java.io.IOException;

/** Turns what handlers throw, and what the router says by itself, into problems; what nobody expected is logged. */
final class Problems implements Middleware {
    private static final System.Logger LOG = System.getLogger(Problems.class.getName());

    @Override
    public Handler wrap(Handler next) {
        return (request, context) -> answer(next, request, context);
    }

    private static Response answer(Handler next, Request request, HandlerContext context) throws Exception {
        try {
            return inForm(next.handle(request, context));
        } catch (Problem e) {
            return e.response();
        } catch (StatusException e) {
            return Problem.of(e.status(), String.valueOf(e.getMessage())).response();
        } catch (IOException e) {
            if (context.cancelled()) {
                throw e; // nobody is there to read an answer
            }
            return failed(request, context, e);
        } catch (RuntimeException e) {
            return failed(request, context, e);
        }
    }

    private static Response failed(Request request, HandlerContext context, Exception failure) {
        LOG.log(
                System.Logger.Level.ERROR,
                request.method() + " " + request.path() + " of the management failed, request " + context.requestId(),
                failure);
        return Problem.of(
                        500,
                        "failure",
                        "The server failed",
                        failure + "; the log of the server has more, under " + context.requestId())
                .response();
    }

    /** The router's own answers are plain text. */
    private static Response inForm(Response response) {
        boolean plain = response.header("Content-Type").orElse("").startsWith("text/plain") && response.status() >= 400;
        if (!plain || !(response.body() instanceof Body.Text text)) {
            return response;
        }
        Problem problem = Problem.of(response.status(), text.content());
        return response.header("Allow")
                .map(allow -> problem.withHeader("Allow", allow))
                .orElse(problem)
                .response();
    }
}
