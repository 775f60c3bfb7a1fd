package dev.sluice.transport.uring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.unix.Socket;
import io.netty.channel.uring.IoUring;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both ways of sending a file do the same, and the better one is in use where it can be. */
class FileSenderTest {
    private static final int LENGTH = 10_000_000;

    @TempDir
    Path directory;

    private ServerSocket server;
    private java.net.Socket client;
    private Socket socket;
    private Path file;

    static Stream<FileSender> senders() {
        return IoUring.isAvailable() ? Stream.of(new CopyingSender(), Sendfile.orCopying()) : Stream.of();
    }

    @BeforeEach
    void connect() throws IOException {
        Assumptions.assumeTrue(IoUring.isAvailable(), "no io_uring on this machine");
        server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        socket = Socket.newSocketStream();
        socket.connect(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()));
        client = server.accept();
        byte[] content = new byte[LENGTH];
        new Random(5).nextBytes(content);
        file = Files.write(directory.resolve("file"), content);
    }

    @AfterEach
    void close() throws IOException {
        if (server != null) {
            socket.close();
            client.close();
            server.close();
        }
    }

    @Test
    void sendfileIsInUseWhereTheJdkCanCallIt() {
        assertThat(Sendfile.orCopying())
                .isInstanceOf(Runtime.version().feature() >= 22 ? Sendfile.class : CopyingSender.class);
    }

    @ParameterizedTest
    @MethodSource("senders")
    void sendsFromThePositionUntilTheKernelIsFullAndGoesOnLater(FileSender files) throws Exception {
        try (FileChannel source = FileChannel.open(file)) {
            source.position(77);
            long at = 5;
            long count = 1;
            while (count > 0) {
                count = files.send(socket, source, at, LENGTH - at);
                at += Math.max(0, count);
            }
            assertThat(count).isEqualTo(FileSender.FULL);
            assertThat(at).isBetween(1000L, LENGTH - 1L);
            CompletableFuture<byte[]> received = CompletableFuture.supplyAsync(() -> {
                try {
                    return client.getInputStream().readNBytes(LENGTH - 5);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            while (at < LENGTH) {
                at += Math.max(0, files.send(socket, source, at, LENGTH - at));
            }
            byte[] bytes = received.get(60, TimeUnit.SECONDS);
            assertThat(Arrays.equals(bytes, 0, LENGTH - 5, Files.readAllBytes(file), 5, LENGTH))
                    .isTrue();
            assertThat(source.position()).as("its own position").isEqualTo(77);
            assertThat(files.send(socket, source, LENGTH, 10)).as("at the end").isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("senders")
    void aClosedFileAndAPeerThatIsGoneAreErrors(FileSender files) throws Exception {
        FileChannel source = FileChannel.open(file);
        try (source) {
            client.setSoLinger(true, 0);
            client.close();
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 100; i++) {
                            files.send(socket, source, 0, 1000);
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
        assertThatThrownBy(() -> files.send(socket, source, 0, 1000)).isInstanceOf(ClosedChannelException.class);
    }

    @ParameterizedTest
    @MethodSource("senders")
    void filesOfTheKernelItselfAreSentToo(FileSender files) throws Exception {
        Path kernels = Path.of("/proc/sys/kernel/ostype");
        Assumptions.assumeTrue(Files.isReadable(kernels), "needs /proc");
        try (FileChannel source = FileChannel.open(kernels)) {
            assertThat(files.send(socket, source, 0, 6)).isEqualTo(6);
            assertThat(client.getInputStream().readNBytes(5)).asString().isEqualTo("Linux");
        }
    }
}
