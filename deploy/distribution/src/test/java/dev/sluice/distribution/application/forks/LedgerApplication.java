package dev.sluice.distribution.application.forks;

import dev.sluice.api.HandlerApplication;
import dev.sluice.api.Response;
import dev.sluice.api.Setup;
import dev.sluice.api.Template;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Handlers that keep a processor busy inside the lock of their own state, as code is written that fears other requests. */
public final class LedgerApplication implements HandlerApplication {
    private static final int STEPS = 40_000_000;

    private static final class Ledger {
        private final Map<String, long[]> accounts = new HashMap<>();

        synchronized long work() {
            long[] account = accounts.computeIfAbsent("a", name -> new long[1]);
            for (int i = 0; i < STEPS; i++) {
                account[0] = account[0] * 31 + i;
            }
            return account[0];
        }
    }

    private static LongSupplier capturing() {
        Ledger captured = new Ledger();
        return () -> captured.work();
    }

    @Override
    public void start(Setup setup) {
        Ledger one = new Ledger();
        Template<Ledger> plain = setup.template("plain", new Ledger());
        Template<LongSupplier> captured = setup.template("captured", capturing());
        setup.get("/shared", (request, context) -> Response.text("" + one.work()));
        setup.get(
                "/plain",
                (request, context) -> Response.text("" + context.fork(plain).work()));
        setup.get(
                "/captured",
                (request, context) -> Response.text("" + context.fork(captured).getAsLong()));
    }
}
