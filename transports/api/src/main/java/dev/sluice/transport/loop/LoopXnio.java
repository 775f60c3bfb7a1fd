package dev.sluice.transport.loop;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.xnio.Xnio;
import org.xnio.XnioWorker;

/** The XNIO instance of one transport; it makes exactly one worker. */
final class LoopXnio extends Xnio {
    private @Nullable LoopWorker worker;

    LoopXnio(String name) {
        super(name);
    }

    void belongsTo(LoopWorker made) {
        worker = made;
    }

    @Override
    protected XnioWorker build(XnioWorker.Builder builder) {
        return Objects.requireNonNull(worker, "a transport has one worker, made with it");
    }
}
