package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DropInIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private SluiceProcess sluice;

    @BeforeEach
    void start() throws Exception {
        sluice = SluiceProcess.run(directory);
    }

    @AfterEach
    void stop() throws Exception {
        sluice.close();
    }

    @Test
    void droppedInServedChangedAndRemoved() throws Exception {
        Files.copy(SluiceProcess.HELLO_WAR, sluice.apps().resolve("a#b.war"));
        await().atMost(LIMIT).until(() -> sluice.get("/a/b/").body().contains("Hello from a WAR"));

        Files.delete(sluice.apps().resolve("a#b.war"));
        await().atMost(LIMIT).until(() -> sluice.get("/a/b/").statusCode() == 404);
    }

    @Test
    void aFileThatIsStillBeingCopiedIsNotDeployed() throws Exception {
        byte[] whole = Files.readAllBytes(SluiceProcess.HELLO_HANDLER);
        Path target = sluice.apps().resolve("late.jar");
        Files.write(target, Arrays.copyOf(whole, whole.length / 2));
        await().during(Duration.ofSeconds(2))
                .atMost(LIMIT)
                .until(() -> sluice.management("/api/v1/apps").body().equals("[]"));

        Files.write(target, Arrays.copyOfRange(whole, whole.length / 2, whole.length), StandardOpenOption.APPEND);

        await().atMost(LIMIT).until(() -> sluice.get("/late/").statusCode() == 200);
    }

    @Test
    void redeployUnderLoadLosesNoRequest() throws Exception {
        Path target = Jars.slow(sluice.apps().resolve("shop.jar"), "0");
        await().atMost(LIMIT).until(() -> sluice.get("/shop/").statusCode() == 200);
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger answered = new AtomicInteger();
        CompletableFuture<Void> load = CompletableFuture.runAsync(() -> request(over, answered));

        for (int generation = 1; generation <= 5; generation++) {
            Path next = Jars.slow(directory.resolve("next.jar"), "x".repeat(generation));
            Files.move(next, target, StandardCopyOption.ATOMIC_MOVE);
            int deploys = generation + 1;
            await().atMost(LIMIT)
                    .until(() -> sluice.lines().stream()
                                    .filter(line -> line.contains("shop runs at /shop"))
                                    .count()
                            == deploys);
        }
        over.set(true);
        load.get(60, TimeUnit.SECONDS);

        assertThat(answered).hasPositiveValue();
    }

    private void request(AtomicBoolean over, AtomicInteger answered) {
        try {
            while (!over.get()) {
                assertThat(sluice.get("/shop/slow/5").statusCode()).isEqualTo(200);
                answered.incrementAndGet();
            }
        } catch (Exception e) {
            throw new AssertionError("after " + answered + " answers", e);
        }
    }

    @Test
    void aRedeployThatFailsLeavesTheOldVersionServing() throws Exception {
        Path target = Jars.slow(sluice.apps().resolve("shop.jar"), "0");
        await().atMost(LIMIT).until(() -> sluice.get("/shop/").statusCode() == 200);

        Path broken = Files.writeString(directory.resolve("broken.jar"), "this is no zip");
        Files.setLastModifiedTime(broken, java.nio.file.attribute.FileTime.fromMillis(0));
        Files.move(broken, target, StandardCopyOption.ATOMIC_MOVE);

        await().atMost(LIMIT)
                .until(() -> sluice.management("/api/v1/apps").body().contains("\"redeployFailure\":\"/"));
        assertThat(sluice.get("/shop/").body()).isEqualTo("quick");
    }
}
