package dev.sluice.transport.uring;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Whether the kernel does what the option of a listening socket asks for: RFC 7413, net.ipv4.tcp_fastopen. */
final class FastOpen {
    private static final System.Logger LOG = System.getLogger(FastOpen.class.getName());
    private static final Path SETTING = Path.of("/proc/sys/net/ipv4/tcp_fastopen");
    private static final int SERVER = 2;

    private FastOpen() {}

    /** Says once for each listener if the option will be without effect. */
    static void check(InetSocketAddress address) {
        String setting = "";
        try {
            setting = Files.isReadable(SETTING) ? Files.readString(SETTING).trim() : "";
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "it is not known whether TCP fast open works", e);
        }
        obstacle(setting)
                .ifPresent(cause -> LOG.log(
                        System.Logger.Level.WARNING, "TCP fast open at " + address + " is without effect: " + cause));
    }

    /** What is wrong with that value of the kernel's setting; nothing if it is not known. */
    static Optional<String> obstacle(String setting) {
        if (setting.isEmpty() || (Integer.decode(setting) & SERVER) != 0) {
            return Optional.empty();
        }
        return Optional.of("net.ipv4.tcp_fastopen is " + setting
                + " (expected: a number with bit 2, such as 3); set it with sysctl");
    }
}
