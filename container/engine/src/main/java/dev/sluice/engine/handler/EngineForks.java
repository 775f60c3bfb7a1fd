package dev.sluice.engine.handler;

import dev.sluice.api.testing.Forks;
import dev.sluice.fork.ForkOptions;
import dev.sluice.fork.Template;
import dev.sluice.fork.report.ForkException;
import java.util.function.Supplier;

/** Lets tests in memory fork as the server does. */
public final class EngineForks implements Forks {
    @Override
    public <T> Supplier<T> publish(String name, T value) {
        try {
            return Template.of(name, value, ForkOptions.defaults())::fork;
        } catch (ForkException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
