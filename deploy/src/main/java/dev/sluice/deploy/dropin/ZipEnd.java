package dev.sluice.deploy.dropin;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Whether a ZIP file is there to its end: a copy under way has no central directory yet, because that stands last. */
final class ZipEnd {
    private static final int SIGNATURE = 0x06054b50;
    private static final int LENGTH = 22;
    private static final int LONGEST_COMMENT = 0xffff;
    private static final long ZIP64 = 0xffffffffL;

    private ZipEnd() {}

    /** Looks for the end record (APPNOTE 4.3.16) and checks that the directory that it names lies before it. */
    static boolean complete(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            long size = channel.size();
            int length = (int) Math.min(size, LENGTH + LONGEST_COMMENT);
            ByteBuffer tail = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
            long start = size - length;
            while (tail.hasRemaining() && channel.read(tail, start + tail.position()) >= 0) {
                // read on
            }
            for (int at = tail.position() - LENGTH; at >= 0; at--) {
                if (tail.getInt(at) == SIGNATURE && endsHere(tail, at, start + at, size)) {
                    return true;
                }
            }
            return false;
        }
    }

    private static boolean endsHere(ByteBuffer tail, int at, long position, long size) {
        long directorySize = Integer.toUnsignedLong(tail.getInt(at + 12));
        long directoryStart = Integer.toUnsignedLong(tail.getInt(at + 16));
        int comment = Short.toUnsignedInt(tail.getShort(at + 20));
        boolean large = directorySize == ZIP64 || directoryStart == ZIP64;
        return position + LENGTH + comment == size && (large || directoryStart + directorySize <= position);
    }
}
