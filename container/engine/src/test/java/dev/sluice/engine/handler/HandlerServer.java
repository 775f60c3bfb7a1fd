package dev.sluice.engine.handler;

import dev.sluice.api.Handler;
import dev.sluice.api.HandlerApplication;
import dev.sluice.engine.http.HttpOptions;
import dev.sluice.engine.testing.RawClient;
import dev.sluice.engine.testing.RawResponse;
import dev.sluice.engine.testing.TestEngine;
import java.util.function.UnaryOperator;

/** A handler application behind the real HTTP layer on loopback sockets. */
final class HandlerServer implements AutoCloseable {
    private final HandlerDeployment deployment;
    private final TestEngine engine;

    private HandlerServer(HandlerDeployment deployment, UnaryOperator<TestEngine.Builder> options) {
        this.deployment = deployment;
        this.engine = options.apply(TestEngine.builder(deployment)).start();
    }

    static HandlerServer start(HandlerApplication application) throws Exception {
        return start("", application);
    }

    static HandlerServer start(String contextPath, HandlerApplication application) throws Exception {
        return start(contextPath, application, HttpOptions.defaults());
    }

    static HandlerServer start(String contextPath, HandlerApplication application, HttpOptions options)
            throws Exception {
        return start(contextPath, application, builder -> builder.http(options));
    }

    static HandlerServer start(
            String contextPath, HandlerApplication application, UnaryOperator<TestEngine.Builder> options)
            throws Exception {
        HandlerDescription description = HandlerDescription.of("test", contextPath, application.getClass());
        return new HandlerServer(HandlerDeployment.start(description, application), options);
    }

    /** An application that answers every request for the root with one handler. */
    static HandlerServer of(Handler handler) throws Exception {
        return start(setup -> setup.route("*", "/", handler));
    }

    HandlerDeployment deployment() {
        return deployment;
    }

    TestEngine engine() {
        return engine;
    }

    RawResponse get(String target) {
        return engine.get(target);
    }

    RawResponse send(String request) {
        return engine.send(request);
    }

    RawClient connect() {
        return engine.connect();
    }

    @Override
    public void close() throws Exception {
        deployment.stop();
        engine.close();
    }
}
