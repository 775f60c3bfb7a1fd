package dev.sluice.api;

/** Sends server-sent events to one client. */
@FunctionalInterface
public interface EventSource {
    /**
     * Sends events until there are no more; the stream ends when this returns. When the client goes away, sending throws an
     * {@link java.io.IOException} and {@link HandlerContext#onCancel} listeners run.
     */
    void send(EventSink sink) throws Exception;
}
