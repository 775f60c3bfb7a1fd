package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.distribution.application.forks.LedgerApplication;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.DoublePredicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Four requests at once that each need a processor, against one: a server that serialises them needs four times as long on any machine.
 * As a ratio in one run; a machine that does other work too may spoil some rounds, so one good round is enough.
 */
class ConcurrentForksIT {
    private static final int CONCURRENT = 4;
    private static final int ROUNDS = 40;
    /** Serialised: 4. Two processors: 2. */
    private static final double SERIALISED = 3.2;

    @TempDir
    static Path directory;

    private static SluiceProcess sluice;
    private static ExecutorService clients;

    @BeforeAll
    static void start() throws Exception {
        Assumptions.assumeTrue(Runtime.getRuntime().availableProcessors() > 1, "one processor serialises everything");
        String name = LedgerApplication.class.getName();
        sluice = SluiceProcess.run(
                directory,
                Jars.handler(
                        directory.resolve("ledger.jar"),
                        LedgerApplication.class,
                        Jars.with(new Class<?>[] {LedgerApplication.class}, name + "$Ledger")));
        clients = Executors.newFixedThreadPool(CONCURRENT);
    }

    @AfterAll
    static void stop() throws Exception {
        if (sluice != null) {
            clients.shutdownNow();
            sluice.close();
        }
    }

    /** The ratio of the wall times in the first round in which it was as wanted, or in the last one. */
    private static double ratio(String path, DoublePredicate wanted) throws Exception {
        nanos(path, CONCURRENT);
        double ratio = Double.NaN;
        for (int round = 0; round < ROUNDS && !wanted.test(ratio); round++) {
            ratio = (double) nanos(path, CONCURRENT) / nanos(path, 1);
        }
        return ratio;
    }

    private static long nanos(String path, int requests) throws Exception {
        List<Callable<String>> all = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            all.add(() -> sluice.get(path).body());
        }
        long start = System.nanoTime();
        List<Future<String>> answers = clients.invokeAll(all, 120, TimeUnit.SECONDS);
        long nanos = System.nanoTime() - start;
        for (Future<String> answer : answers) {
            assertThat(answer.get()).matches("-?\\d+");
        }
        return nanos;
    }

    @Test
    void plainState() throws Exception {
        assertThat(ratio("/ledger/plain", ratio -> ratio < SERIALISED)).isLessThan(SERIALISED);
    }

    @Test
    void capturedState() throws Exception {
        assertThat(ratio("/ledger/captured", ratio -> ratio < SERIALISED)).isLessThan(SERIALISED);
    }

    /** Without a fork the lock of the state serialises the requests: the measure shows it. */
    @Test
    void sharedStateIsSerialised() throws Exception {
        assertThat(ratio("/ledger/shared", ratio -> ratio >= SERIALISED)).isGreaterThanOrEqualTo(SERIALISED);
    }
}
