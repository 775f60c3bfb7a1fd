package dev.sluice.engine.http;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Reads along with the records of a TLS client, whose types are never encrypted, to refuse renegotiation: RFC 9325, 3.5. Up to TLS 1.2 a
 * client changes its cipher and then sends one more record of a handshake, its Finished; in TLS 1.3 that is at most its second ClientHello.
 * What follows of a handshake is the begin of another one. One thread at a time.
 */
final class TlsRecords {
    private static final int HEADER = 5;
    private static final int CHANGE_CIPHER_SPEC = 20;
    private static final int HANDSHAKE = 22;

    private int headerBytes;
    private int length;
    private int left;
    private boolean cipherChanged;
    private boolean finished;

    /**
     * Looks at bytes that were read.
     *
     * @throws IOException if the client renegotiates; then the connection is to be closed
     */
    void read(ByteBuffer bytes, int from, int to) throws IOException {
        for (int at = from; at < to; ) {
            if (left > 0) {
                int part = Math.min(left, to - at);
                left -= part;
                at += part;
                continue;
            }
            int c = bytes.get(at++) & 0xff;
            if (headerBytes == 0) {
                type(c);
            }
            length = length << 8 & 0xffff | c;
            if (++headerBytes == HEADER) {
                headerBytes = 0;
                left = length;
            }
        }
    }

    private void type(int type) throws IOException {
        if (type == CHANGE_CIPHER_SPEC) {
            cipherChanged = true;
        } else if (type == HANDSHAKE && cipherChanged) {
            if (finished) {
                throw new IOException("TLS: the client renegotiates (expected: one handshake for each connection)");
            }
            finished = true;
        }
    }
}
