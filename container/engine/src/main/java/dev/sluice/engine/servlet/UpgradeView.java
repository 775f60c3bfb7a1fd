package dev.sluice.engine.servlet;

import dev.sluice.engine.http.UpgradedConnection;
import dev.sluice.engine.stream.ByteSink;
import dev.sluice.engine.stream.ByteSource;
import dev.sluice.engine.stream.RequestInput;
import dev.sluice.engine.stream.ResponseOutput;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.util.concurrent.Executor;

/**
 * A connection that left HTTP, in the hands of an application's handler (Servlet 6.1, 2.3.3.5). {@code init}, the listeners' callbacks and
 * {@code destroy} run one after the other on the request's lane.
 */
public final class UpgradeView implements WebConnection {
    private static final System.Logger LOG = System.getLogger("dev.sluice.servlet");
    private static final int BUFFER = 8192;

    private final AppContext app;
    private final HttpUpgradeHandler handler;
    private final UpgradedConnection connection;
    private final SerialLane lane;
    private final RequestInput input;
    private final ResponseOutput output;
    private boolean destroyed;

    private UpgradeView(AppContext app, HttpUpgradeHandler handler, UpgradedConnection connection, Executor executor) {
        this.app = app;
        this.handler = handler;
        this.connection = connection;
        lane = new SerialLane(executor, () -> true);
        input = new RequestInput(ByteSource.of(connection), lane);
        output = ResponseOutput.unbuffered(ByteSink.of(connection), BUFFER, lane);
    }

    /** Hands a connection to a handler; on the loop. */
    static void begin(AppContext app, HttpUpgradeHandler handler, UpgradedConnection connection, Executor executor) {
        UpgradeView view = new UpgradeView(app, handler, connection, executor);
        view.lane.run(() -> view.inside(() -> handler.init(view)));
        connection.onClose(() -> view.lane.run(view::destroy));
        app.upgrades().add(view);
    }

    /** Closes the connection, whereupon the handler is destroyed. Any thread. */
    void end() {
        connection.close();
    }

    private void inside(Runnable code) {
        app.inside(() -> {
            try {
                code.run();
            } catch (RuntimeException | Error failed) {
                LOG.log(
                        System.Logger.Level.ERROR,
                        "The upgrade handler " + handler.getClass().getName() + " of " + app + " failed",
                        failed);
                connection.close();
            }
        });
    }

    private void destroy() {
        if (!destroyed) {
            destroyed = true;
            inside(handler::destroy);
            app.instances().destroy(handler);
            lane.close();
            app.upgrades().remove(this);
        }
    }

    @Override
    public ServletInputStream getInputStream() {
        return input;
    }

    @Override
    public ServletOutputStream getOutputStream() {
        return output;
    }

    @Override
    public void close() throws IOException {
        input.close();
        output.close();
        connection.close();
    }
}
