package dev.sluice.engine.http;

import static dev.sluice.engine.testing.Http2Client.DATA;
import static dev.sluice.engine.testing.Http2Client.END_HEADERS;
import static dev.sluice.engine.testing.Http2Client.END_STREAM;
import static dev.sluice.engine.testing.Http2Client.GOAWAY;
import static dev.sluice.engine.testing.Http2Client.HEADERS;
import static dev.sluice.engine.testing.Http2Client.RST_STREAM;
import static dev.sluice.engine.testing.Http2Client.SETTINGS;
import static dev.sluice.engine.testing.Http2Client.WINDOW_UPDATE;
import static dev.sluice.engine.testing.Http2Client.frame;
import static dev.sluice.engine.testing.Http2Client.number;
import static dev.sluice.engine.testing.Http2Client.request;
import static dev.sluice.engine.testing.Http2Client.setting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.engine.testing.Http2Client;
import dev.sluice.engine.testing.Http2Client.Frame;
import dev.sluice.engine.testing.TestApplication;
import dev.sluice.engine.testing.TestEngine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What one connection of HTTP/2 can take is bounded, and comes back when its client goes. */
@Timeout(60)
class Http2LimitsTest {
    private static final int REFUSED_STREAM = 7;
    private static final int ENHANCE_YOUR_CALM = 11;

    private static HttpOptions streams(int most) {
        return HttpOptions.builder().maxStreams(most).build();
    }

    @Test
    void moreStreamsThanAnnouncedAreRefused() {
        CountDownLatch release = new CountDownLatch(1);
        TestApplication waiting = call -> {
            release.await();
            TestApplication.text(call, "done");
        };
        try (TestEngine engine = TestEngine.of(waiting, streams(3));
                Http2Client client = Http2Client.connect(engine.address())) {
            ByteBuffer settings = ByteBuffer.wrap(client.next(SETTINGS).payload());
            assertThat(settings.getShort()).isEqualTo((short) 3);
            assertThat(settings.getInt()).isEqualTo(3);
            for (int stream = 1; stream <= 9; stream += 2) {
                client.get(stream, "/");
            }
            for (int stream = 7; stream <= 9; stream += 2) {
                Frame reset = client.next(RST_STREAM, HEADERS, GOAWAY);
                assertThat(reset.type()).isEqualTo(RST_STREAM);
                assertThat(reset.stream()).isEqualTo(stream);
                assertThat(reset.error()).isEqualTo(REFUSED_STREAM);
            }
            assertThat(engine.gate().stats().inFlight()).isEqualTo(3);
            assertThat(engine.listener().stats().streamsRefused()).isEqualTo(2);
            release.countDown();
            for (int i = 0; i < 3; i++) {
                assertThat(client.next(HEADERS, RST_STREAM).type()).isEqualTo(HEADERS);
            }
            assertThat(client.lives()).isTrue();
            client.get(11, "/");
            assertThat(client.next(HEADERS, RST_STREAM).stream()).isEqualTo(11);
        }
    }

    @Test
    void whoInsistsOnMoreStreamsLosesTheConnection() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        try (TestEngine engine = TestEngine.of((TestApplication) call -> release.await(), streams(1));
                Http2Client client = Http2Client.connect(engine.address())) {
            ByteArrayOutputStream many = new ByteArrayOutputStream();
            for (int i = 0; i < 3_000; i++) {
                many.writeBytes(frame(HEADERS, END_HEADERS | END_STREAM, 2 * i + 1, request("GET", "/")));
            }
            client.raw(many.toByteArray());
            Frame end = client.next(GOAWAY);
            assertThat(end.error()).isEqualTo(ENHANCE_YOUR_CALM);
            release.countDown();
            await().until(() -> engine.gate().stats().inFlight() == 0);
        }
    }

    /** Small requests for large answers of which nothing is read: what waits for the client stays small, and goes with it. */
    @Test
    void aClientThatReadsNothingHoldsLittle() throws Exception {
        AtomicLong taken = new AtomicLong();
        TestApplication large = call -> {
            ByteBuffer part = ByteBuffer.allocate(16 * 1024);
            for (int i = 0; i < 1_000; i++, part.clear()) {
                while (part.hasRemaining()) {
                    int count = call.exchange().responseBody().write(part);
                    taken.addAndGet(count);
                    if (count == 0) {
                        call.exchange().responseBody().awaitWritable();
                    }
                }
            }
            call.exchange().end();
        };
        AtomicInteger begun = new AtomicInteger();
        TestApplication counted = call -> {
            begun.incrementAndGet();
            large.handle(call);
        };
        try (TestEngine engine = TestEngine.of(counted, streams(20))) {
            byte[] wide = setting(4, Integer.MAX_VALUE);
            try (Http2Client client = Http2Client.connect(engine.address(), wide)) {
                client.send(WINDOW_UPDATE, 0, 0, number(Integer.MAX_VALUE - 65_535));
                for (int i = 0; i < 20; i++) {
                    client.get(2 * i + 1, "/");
                }
                await().until(() -> begun.get() > 0);
                AtomicLong before = new AtomicLong(-1);
                await().until(() -> before.getAndSet(taken.get()) == taken.get() && taken.get() > 0);
                // The kernel's buffers, and 256 KiB of ours.
                assertThat(taken.get()).isLessThan(16L * 1024 * 1024);
            }
            await().until(() -> engine.gate().stats().inFlight() == 0);
        }
    }

    @Test
    void aSilentConnectionEndsWhenTheServerDrains() throws Exception {
        try (TestEngine engine = TestEngine.of((TestApplication) call -> TestApplication.text(call, "done"));
                Http2Client client = Http2Client.silent(engine.address())) {
            await().until(() -> engine.listener().connections() == 1);
            engine.listener().drain();
            assertThat(client.next()).isNull();
        }
    }

    @Test
    void aRequestDiesWithItsConnection() throws Exception {
        AtomicReference<IOException> broken = new AtomicReference<>();
        AtomicBoolean disconnected = new AtomicBoolean();
        CountDownLatch reading = new CountDownLatch(1);
        TestApplication reader = call -> {
            call.exchange().onDisconnect(() -> disconnected.set(true));
            reading.countDown();
            try {
                TestApplication.body(call.exchange());
            } catch (IOException e) {
                broken.set(e);
                throw e;
            }
        };
        try (TestEngine engine = TestEngine.of(reader)) {
            try (Http2Client client = Http2Client.connect(engine.address())) {
                client.send(HEADERS, END_HEADERS, 1, request("POST", "/")).send(DATA, 0, 1, (byte) 'b');
                reading.await();
            }
            await().until(() -> broken.get() != null);
            await().untilTrue(disconnected);
            await().until(() -> engine.gate().stats().inFlight() == 0);
            assertThat(engine.listener().connections()).isZero();
        }
    }

    @Test
    void aBodyEndsWithAnErrorWhenItsStreamIsReset() throws Exception {
        AtomicReference<Throwable> broken = new AtomicReference<>();
        TestApplication reader = call -> {
            try {
                TestApplication.body(call.exchange());
            } catch (IOException e) {
                broken.set(call.exchange().failure());
                throw e;
            }
        };
        try (TestEngine engine = TestEngine.of(reader);
                Http2Client client = Http2Client.connect(engine.address())) {
            client.send(HEADERS, END_HEADERS, 1, request("POST", "/")).send(DATA, 0, 1, (byte) 'b');
            await().until(() -> engine.gate().stats().inFlight() == 1);
            client.send(RST_STREAM, 0, 1, number(8));
            await().until(() -> broken.get() != null);
            assertThat(broken.get()).hasMessageContaining("reset stream 1 (CANCEL)");
            assertThat(client.lives()).isTrue();
        }
    }

    /** Bodies that nobody reads give the connection's window back when their requests end. */
    @Test
    void unreadBodiesDoNotCloseTheWindow() {
        try (TestEngine engine = TestEngine.of((TestApplication) call -> TestApplication.text(call, "done"));
                Http2Client client = Http2Client.connect(engine.address())) {
            for (int stream = 1; stream < 400; stream += 2) {
                client.send(HEADERS, END_HEADERS, stream, request("POST", "/"));
                client.send(DATA, 0, stream, new byte[16_000]).send(DATA, END_STREAM, stream, new byte[0]);
                assertThat(client.next(HEADERS, GOAWAY).stream()).isEqualTo(stream);
            }
            assertThat(client.lives()).isTrue();
        }
    }
}
