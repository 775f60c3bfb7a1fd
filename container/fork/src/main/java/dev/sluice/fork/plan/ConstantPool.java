package dev.sluice.fork.plan;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The constant pool of a class file that is being written (JVMS 4.4), with the bootstrap methods of its constants. */
final class ConstantPool {
    private static final int UTF8 = 1;
    private static final int INTEGER = 3;
    private static final int CLASS = 7;
    private static final int METHODREF = 10;
    private static final int NAME_AND_TYPE = 12;
    private static final int METHOD_HANDLE = 15;
    private static final int DYNAMIC = 17;
    private static final int INVOKE_STATIC = 6;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);
    private final Map<List<Object>, Integer> known = new HashMap<>();
    /** For each bootstrap method its one static argument. */
    private final List<Integer> bootstrapArguments = new ArrayList<>();

    private int count = 1;

    int utf8(String text) {
        return entry(List.of(UTF8, text), () -> out.writeUTF(text));
    }

    int type(String internalName) {
        int name = utf8(internalName);
        return entry(List.of(CLASS, name), () -> out.writeShort(name));
    }

    int method(String owner, String name, String descriptor) {
        int type = type(owner);
        int signature = nameAndType(name, descriptor);
        return entry(List.of(METHODREF, type, signature), () -> pair(type, signature));
    }

    private int nameAndType(String name, String descriptor) {
        int first = utf8(name);
        int second = utf8(descriptor);
        return entry(List.of(NAME_AND_TYPE, first, second), () -> pair(first, second));
    }

    /** A constant method handle: the element of the class data at this index. */
    int handle(int index) {
        int number = entry(List.of(INTEGER, index), () -> out.writeInt(index));
        int signature = nameAndType("_", "Ljava/lang/invoke/MethodHandle;");
        return entry(List.of(DYNAMIC, number), () -> {
            pair(bootstrapArguments.size(), signature);
            bootstrapArguments.add(number);
        });
    }

    /** Writes the attribute BootstrapMethods; to be called before {@link #write}. */
    byte[] bootstrapMethods() {
        int reference = method(
                "java/lang/invoke/MethodHandles",
                "classDataAt",
                "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/Class;I)Ljava/lang/Object;");
        int handle = entry(List.of(METHOD_HANDLE, reference), () -> {
            out.writeByte(INVOKE_STATIC);
            out.writeShort(reference);
        });
        ByteArrayOutputStream table = new ByteArrayOutputStream();
        try (DataOutputStream data = new DataOutputStream(table)) {
            data.writeShort(utf8("BootstrapMethods"));
            data.writeInt(2 + 6 * bootstrapArguments.size());
            data.writeShort(bootstrapArguments.size());
            for (int argument : bootstrapArguments) {
                data.writeShort(handle);
                data.writeShort(1);
                data.writeShort(argument);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return table.toByteArray();
    }

    void write(DataOutputStream target) throws IOException {
        target.writeShort(count);
        bytes.writeTo(target);
    }

    private void pair(int first, int second) throws IOException {
        out.writeShort(first);
        out.writeShort(second);
    }

    private interface Content {
        void write() throws IOException;
    }

    private int entry(List<Object> key, Content content) {
        Integer index = known.get(key);
        if (index == null) {
            try {
                out.writeByte((Integer) key.get(0));
                content.write();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            index = count++;
            known.put(key, index);
        }
        return index;
    }
}
