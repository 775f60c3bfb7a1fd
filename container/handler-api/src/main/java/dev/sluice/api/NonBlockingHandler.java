package dev.sluice.api;

/** A handler that declared that it does not block. */
record NonBlockingHandler(Handler handler) implements Handler {
    @Override
    public Response handle(Request request, HandlerContext context) throws Exception {
        return handler.handle(request, context);
    }

    @Override
    public boolean blocking() {
        return false;
    }
}
