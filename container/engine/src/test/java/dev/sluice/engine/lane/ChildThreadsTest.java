package dev.sluice.engine.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.sluice.engine.testing.TestApplication;
import dev.sluice.engine.testing.TestEngine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A virtual thread that starts others hands its scheduler down to them; none of them may get lost. */
class ChildThreadsTest {
    private static final int CHILDREN = 50;

    @BeforeAll
    static void onlyWithLoops() {
        assumeThat(LoopLane.reasonAgainst()).isEmpty();
    }

    private static TestEngine engine(TestApplication application) {
        return TestEngine.builder(application).lane(LaneMode.LOOP).start();
    }

    @Test
    void allOfThemRun() {
        ThreadFactory factory = VirtualThreads.factory("child").orElseThrow();
        try (TestEngine engine = engine(call -> {
            AtomicInteger ended = new AtomicInteger();
            List<Thread> children = new ArrayList<>();
            for (int i = 0; i < CHILDREN; i++) {
                Thread child = factory.newThread(() -> {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
                    ended.incrementAndGet();
                });
                child.start();
                children.add(child);
            }
            for (Thread child : children) {
                join(child);
            }
            TestApplication.text(call, ended + " of " + CHILDREN);
        })) {
            for (int i = 0; i < 5; i++) {
                assertThat(engine.get("/").body()).isEqualTo(CHILDREN + " of " + CHILDREN);
            }
        }
    }

    /** The JDK starts the threads that wait for sockets with the first one that has to wait. */
    @Test
    void aSocketOfARequestCanWait() throws IOException {
        try (ServerSocket peer = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            try (TestEngine engine = engine(call -> {
                try (Socket socket = new Socket(peer.getInetAddress(), peer.getLocalPort());
                        Socket accepted = peer.accept()) {
                    Thread late = new Thread(() -> sendLate(accepted));
                    late.start();
                    int received = socket.getInputStream().read();
                    join(late);
                    TestApplication.text(call, "received " + received);
                }
            })) {
                assertThat(engine.get("/").body()).isEqualTo("received 42");
            }
        }
    }

    private static void sendLate(Socket socket) {
        try {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            socket.getOutputStream().write(42);
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
