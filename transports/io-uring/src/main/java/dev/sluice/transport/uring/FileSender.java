package dev.sluice.transport.uring;

import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.channels.FileChannel;

/** Moves bytes of a file into a socket, on the calling thread and without waiting for the socket. Any thread may call. */
interface FileSender {
    /** The kernel takes nothing now. */
    long FULL = -1;

    /**
     * Sends once. The file must stay open meanwhile; its own position is neither used nor changed.
     *
     * @return how many bytes the kernel took, 0 at the end of the file, or {@link #FULL}
     * @throws IOException if the file cannot be read or the peer is gone
     */
    long send(Socket socket, FileChannel file, long position, long count) throws IOException;
}
