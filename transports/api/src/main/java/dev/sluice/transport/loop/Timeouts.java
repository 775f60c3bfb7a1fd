package dev.sluice.transport.loop;

import java.util.concurrent.TimeUnit;
import org.xnio.channels.ReadTimeoutException;
import org.xnio.channels.WriteTimeoutException;

/**
 * The read and write timeouts of one connection, with XNIO's meaning: an attempt that transfers nothing, made later than the timeout after
 * the last transfer, fails. 0 switches one off.
 */
public final class Timeouts {
    private volatile int read;
    private volatile int write;
    private volatile long lastRead = System.nanoTime();
    private volatile long lastWrite = System.nanoTime();

    Timeouts() {}

    int readMillis() {
        return read;
    }

    void readMillis(int millis) {
        lastRead = System.nanoTime();
        read = Math.max(0, millis);
    }

    int writeMillis() {
        return write;
    }

    void writeMillis(int millis) {
        lastWrite = System.nanoTime();
        write = Math.max(0, millis);
    }

    /** Notes an attempt to read. */
    public void reading(boolean transferred) throws ReadTimeoutException {
        int millis = read;
        if (millis > 0) {
            long now = System.nanoTime();
            if (transferred) {
                lastRead = now;
            } else if (now - lastRead > TimeUnit.MILLISECONDS.toNanos(millis)) {
                throw new ReadTimeoutException(
                        "no byte came within " + millis + " ms (READ_TIMEOUT of the connection)");
            }
        }
    }

    /** Notes an attempt to write. */
    public void writing(boolean transferred) throws WriteTimeoutException {
        int millis = write;
        if (millis > 0) {
            long now = System.nanoTime();
            if (transferred) {
                lastWrite = now;
            } else if (now - lastWrite > TimeUnit.MILLISECONDS.toNanos(millis)) {
                throw new WriteTimeoutException(
                        "the peer took no byte within " + millis + " ms (WRITE_TIMEOUT of the connection)");
            }
        }
    }
}
