package dev.sluice.transport.uring;

import dev.sluice.transport.Transport;
import dev.sluice.transport.TransportOptions;
import dev.sluice.transport.TransportSelection;
import dev.sluice.transport.TransportUnavailableException;
import java.io.IOException;

/** Opens a transport by name and says what came of it. */
final class OpenMain {
    private OpenMain() {}

    public static void main(String[] arguments) throws IOException {
        TransportOptions options =
                TransportOptions.builder().loops(Integer.getInteger("loops", 1)).build();
        try (Transport transport = TransportSelection.installed().open(arguments[0], options)) {
            System.out.println("opened " + transport.name());
        } catch (TransportUnavailableException e) {
            System.out.println("refused " + e.getMessage());
        }
    }
}
