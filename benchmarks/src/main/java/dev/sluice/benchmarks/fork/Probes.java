package dev.sluice.benchmarks.fork;

import dev.sluice.fork.report.ForkException;
import org.jspecify.annotations.Nullable;

/** Runs every probe with every library and prints the table of docs/forks.md. */
public final class Probes {
    private static final long STACK = 1 << 20;

    private Probes() {}

    public static void main(String[] arguments) throws InterruptedException {
        System.out.println("| probe | " + String.join(" | ", names()) + " |");
        System.out.println("|---|" + "---|".repeat(names().length));
        for (Probe probe : Probe.all()) {
            StringBuilder row = new StringBuilder("| " + probe.title() + " |");
            for (Library library : Library.values()) {
                if (library != Library.BY_HAND) {
                    row.append(' ').append(isolated(probe, library)).append(" |");
                }
            }
            System.out.println(row);
        }
    }

    private static String[] names() {
        return java.util.Arrays.stream(Library.values())
                .filter(l -> l != Library.BY_HAND)
                .map(l -> l.name().toLowerCase(java.util.Locale.ROOT))
                .toArray(String[]::new);
    }

    /** On a thread of its own with an ordinary stack, so that recursion shows. */
    private static String isolated(Probe probe, Library library) throws InterruptedException {
        String[] outcome = {"?"};
        Thread thread = new Thread(null, () -> outcome[0] = outcome(probe, library), "probe", STACK);
        thread.start();
        thread.join();
        return outcome[0];
    }

    private static String outcome(Probe probe, Library library) {
        Object original = probe.root().get();
        try {
            Object copy = library.copier(original).get();
            String wrong = probe.check().apply(original, copy);
            if (probe.refusal()) {
                return "**copied silently**";
            }
            return wrong == null ? "right" : "**" + wrong + "**";
        } catch (StackOverflowError e) {
            return "**stack overflow**";
        } catch (RuntimeException | Error e) {
            if (probe.refusal()) {
                return e instanceof ForkException ? "refused, with path and advice" : "fails: " + cause(e);
            }
            return "**fails**: " + cause(e);
        }
    }

    private static String cause(Throwable thrown) {
        Throwable root = thrown;
        for (@Nullable Throwable next = root.getCause(); next != null; next = next.getCause()) {
            root = next;
        }
        // A class whose initialisation overflowed the stack once cannot be found ever after.
        boolean overflow = root instanceof StackOverflowError
                || root instanceof NoClassDefFoundError
                        && String.valueOf(thrown.getMessage()).contains("initialize");
        return overflow ? "stack overflow" : root.getClass().getSimpleName();
    }
}
