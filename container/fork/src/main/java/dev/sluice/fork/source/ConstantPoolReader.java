package dev.sluice.fork.source;

import java.io.DataInputStream;
import java.io.IOException;

/** Reads a constant pool (JVMS 4.4): texts as strings, everything that refers to other entries as an array of indexes. */
final class ConstantPoolReader {
    private final DataInputStream in;

    ConstantPoolReader(DataInputStream in) {
        this.in = in;
    }

    Object[] read() throws IOException {
        int count = in.readUnsignedShort();
        Object[] pool = new Object[count];
        for (int i = 1; i < count; i++) {
            int tag = in.readUnsignedByte();
            pool[i] = entry(tag);
            if (tag == 5 || tag == 6) {
                i++;
            }
        }
        return pool;
    }

    private Object entry(int tag) throws IOException {
        return switch (tag) {
            case 1 -> in.readUTF();
            case 3, 4 -> in.readInt();
            case 5, 6 -> in.readLong();
            case 7, 8, 16, 19, 20 -> new int[] {in.readUnsignedShort()};
            case 9, 10, 11, 12, 17, 18 -> new int[] {in.readUnsignedShort(), in.readUnsignedShort()};
            case 15 -> new int[] {in.readUnsignedByte(), in.readUnsignedShort()};
            default -> throw new IOException("constant pool tag: " + tag + " (expected one of JVMS table 4.4-A)");
        };
    }
}
