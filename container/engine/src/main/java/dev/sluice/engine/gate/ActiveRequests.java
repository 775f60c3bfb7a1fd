package dev.sluice.engine.gate;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The requests of one loop, linked through themselves: joining and leaving allocate nothing. */
final class ActiveRequests {
    private @Nullable GateCall first;
    private int count;

    synchronized void add(GateCall call) {
        GateCall next = first;
        call.next = next;
        if (next != null) {
            next.previous = call;
        }
        first = call;
        count++;
    }

    synchronized void remove(GateCall call) {
        GateCall next = call.next;
        GateCall previous = call.previous;
        if (next != null) {
            next.previous = previous;
        }
        if (previous != null) {
            previous.next = next;
        } else {
            first = next;
        }
        call.next = null;
        call.previous = null;
        count--;
    }

    synchronized List<GateCall> all() {
        List<GateCall> calls = new ArrayList<>(count);
        for (GateCall call = first; call != null; call = call.next) {
            calls.add(call);
        }
        return calls;
    }
}
