package dev.sluice.engine.http;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioIoThread;

/** The loops that a listener has met, each made once. Any thread. */
public final class EventLoops {
    private final Function<? super XnioIoThread, ? extends Carrier> carriers;
    private final List<EventLoop> known = new CopyOnWriteArrayList<>();

    /** Loops whose carriers this function finds; it is asked once for each I/O thread. */
    public EventLoops(Function<? super XnioIoThread, ? extends Carrier> carriers) {
        this.carriers = carriers;
    }

    /** Loops whose transport does not want to know what is mounted. */
    public static EventLoops indifferent() {
        return new EventLoops(thread -> Carrier.INDIFFERENT);
    }

    /** The loop of an I/O thread. */
    public EventLoop of(XnioIoThread thread) {
        EventLoop loop = find(thread);
        return loop == null ? add(thread) : loop;
    }

    /** Those known so far. */
    public List<EventLoop> all() {
        return List.copyOf(known);
    }

    private @Nullable EventLoop find(XnioIoThread thread) {
        for (EventLoop loop : known) {
            if (loop.thread() == thread) {
                return loop;
            }
        }
        return null;
    }

    private synchronized EventLoop add(XnioIoThread thread) {
        EventLoop loop = find(thread);
        if (loop == null) {
            loop = new EventLoop(thread, carriers.apply(thread));
            known.add(loop);
        }
        return loop;
    }
}
