package dev.sluice.transport;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/**
 * Chooses a transport by name. {@code auto} takes the first, in order of priority, that can be probed and opened, and logs one line
 * with the cause if that is not the best one. A transport asked for by name is opened or refused with the cause, never replaced.
 */
public final class TransportSelection {
    /** The name that leaves the choice to us. */
    public static final String AUTO = "auto";

    private final List<TransportProvider> providers;
    private final System.Logger log;

    /** Chooses among these, logging here. */
    public TransportSelection(List<TransportProvider> providers, System.Logger log) {
        this.providers = providers.stream()
                .sorted(Comparator.comparingInt(TransportProvider::priority).reversed())
                .toList();
        this.log = log;
    }

    /** Chooses among all that are installed beside this class. */
    public static TransportSelection installed() {
        List<TransportProvider> found =
                ServiceLoader.load(TransportProvider.class, TransportSelection.class.getClassLoader()).stream()
                        .map(ServiceLoader.Provider::get)
                        .toList();
        return new TransportSelection(found, System.getLogger(TransportSelection.class.getName()));
    }

    /** The names that can be asked for, {@code auto} first. */
    public List<String> names() {
        List<String> names = new ArrayList<>(List.of(AUTO));
        providers.forEach(provider -> names.add(provider.name()));
        return List.copyOf(names);
    }

    /**
     * Opens the transport of that name, or the best one for {@code auto}.
     *
     * @throws TransportUnavailableException if it cannot work here; the message has the cause
     * @throws IllegalArgumentException if there is none of that name
     */
    public Transport open(String name, TransportOptions options) throws IOException {
        if (AUTO.equals(name)) {
            return openBest(options);
        }
        for (TransportProvider provider : providers) {
            if (provider.name().equals(name)) {
                return openNamed(provider, options);
            }
        }
        throw new IllegalArgumentException(
                "transport: " + name + " (expected: one of " + String.join(", ", names()) + ")");
    }

    private static Transport openNamed(TransportProvider provider, TransportOptions options) throws IOException {
        try {
            return openProbed(provider, options);
        } catch (TransportUnavailableException e) {
            throw new TransportUnavailableException(
                    "transport " + provider.name() + " is not available: " + e.getMessage()
                            + "; use transport auto to fall back",
                    e);
        }
    }

    private static Transport openProbed(TransportProvider provider, TransportOptions options) throws IOException {
        Availability availability = provider.probe();
        if (!availability.available()) {
            throw new TransportUnavailableException(availability.cause());
        }
        return provider.open(options);
    }

    private Transport openBest(TransportOptions options) throws IOException {
        List<String> causes = new ArrayList<>();
        for (TransportProvider provider : providers) {
            try {
                Transport transport = openProbed(provider, options);
                if (!causes.isEmpty()) {
                    log.log(
                            System.Logger.Level.INFO,
                            "transport " + provider.name() + " is in use because " + String.join("; ", causes));
                }
                return transport;
            } catch (TransportUnavailableException e) {
                causes.add(provider.name() + " is not available: " + e.getMessage());
            }
        }
        throw new TransportUnavailableException(
                causes.isEmpty()
                        ? "no transport is installed"
                        : "no transport works here: " + String.join("; ", causes));
    }
}
