package dev.sluice.fork.source;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads from a class file where its lambdas are made: the invokedynamic instructions, the lines of the methods they stand
 * in, and the names of the variables that they capture; and what its methods call (JVMS 4, as far as that needs).
 */
final class ClassFileReader {
    private static final int INVOKE_STATIC = 6;

    /**
     * An invokedynamic instruction that makes a lambda.
     *
     * @param method the method that it stands in
     * @param line its line, or 0
     * @param descriptor captured types and the functional interface
     * @param body name and descriptor of the method with the lambda's body, or of the method referred to
     * @param capturesThis whether the body is an instance method, so that the first captured value is its receiver
     */
    record Site(String method, int line, String descriptor, String body, boolean capturesThis) {}

    /** A call of a method that is named, all in the form of the class file. */
    record Call(String owner, String name, String descriptor) {}

    private record Instruction(String method, int line, int bootstrap, String descriptor) {}

    private final DataInputStream in;
    private final Object[] pool;
    private final List<Instruction> instructions = new ArrayList<>();
    private final List<Site> sites = new ArrayList<>();
    private final Map<String, Map<Integer, String>> variables = new HashMap<>();
    private final Map<String, List<Call>> calls = new LinkedHashMap<>();
    private @Nullable String sourceFile;

    private ClassFileReader(DataInputStream in) throws IOException {
        this.in = in;
        in.readInt();
        in.readInt();
        this.pool = new ConstantPoolReader(in).read();
        in.skipNBytes(6);
        in.skipNBytes(2L * in.readUnsignedShort());
        members(false);
        members(true);
        attributes(this::classAttribute);
    }

    static ClassFileReader of(InputStream stream) throws IOException {
        return new ClassFileReader(new DataInputStream(stream));
    }

    @Nullable
    String sourceFile() {
        return sourceFile;
    }

    List<Site> sites() {
        return sites;
    }

    /** Names of the local variables of a method by slot; empty when it was compiled without them. */
    Map<Integer, String> variables(String body) {
        return variables.getOrDefault(body, Map.of());
    }

    /** The methods that each method calls, by name and descriptor of the caller. */
    Map<String, List<Call>> calls() {
        return calls;
    }

    private interface Attribute {
        void read(String name, int length) throws IOException;
    }

    private void attributes(Attribute reader) throws IOException {
        for (int count = in.readUnsignedShort(); count > 0; count--) {
            String name = text(in.readUnsignedShort());
            reader.read(name, in.readInt());
        }
    }

    private String text(int index) {
        return (String) pool[index];
    }

    private int[] reference(int index) {
        return (int[]) pool[index];
    }

    private void members(boolean methods) throws IOException {
        for (int count = in.readUnsignedShort(); count > 0; count--) {
            in.readUnsignedShort();
            String name = text(in.readUnsignedShort());
            String descriptor = text(in.readUnsignedShort());
            attributes((attribute, length) -> {
                if (methods && attribute.equals("Code")) {
                    code(name, name + descriptor);
                } else {
                    in.skipNBytes(length);
                }
            });
        }
    }

    private void code(String method, String signature) throws IOException {
        in.readInt();
        byte[] code = new byte[in.readInt()];
        in.readFully(code);
        in.skipNBytes(8L * in.readUnsignedShort());
        List<int[]> lines = new ArrayList<>();
        Map<Integer, String> names = new HashMap<>();
        attributes((attribute, length) -> {
            if (attribute.equals("LineNumberTable")) {
                for (int count = in.readUnsignedShort(); count > 0; count--) {
                    lines.add(new int[] {in.readUnsignedShort(), in.readUnsignedShort()});
                }
            } else if (attribute.equals("LocalVariableTable")) {
                readVariables(names);
            } else {
                in.skipNBytes(length);
            }
        });
        variables.put(signature, names);
        List<Call> called = new ArrayList<>();
        ByteCode.calls(
                code,
                (position, index) -> {
                    int[] dynamic = reference(index);
                    String descriptor = text(reference(dynamic[1])[1]);
                    instructions.add(new Instruction(method, line(lines, position), dynamic[0], descriptor));
                },
                (position, index) -> called.add(call(reference(index))));
        calls.put(signature, called);
    }

    private Call call(int[] method) {
        int[] signature = reference(method[1]);
        return new Call(text(reference(method[0])[0]), text(signature[0]), text(signature[1]));
    }

    private void readVariables(Map<Integer, String> names) throws IOException {
        for (int count = in.readUnsignedShort(); count > 0; count--) {
            in.readUnsignedShort();
            in.readUnsignedShort();
            String name = text(in.readUnsignedShort());
            in.readUnsignedShort();
            names.putIfAbsent(in.readUnsignedShort(), name);
        }
    }

    private static int line(List<int[]> lines, int position) {
        int line = 0;
        int start = -1;
        for (int[] entry : lines) {
            if (entry[0] <= position && entry[0] > start) {
                start = entry[0];
                line = entry[1];
            }
        }
        return line;
    }

    private void classAttribute(String name, int length) throws IOException {
        if (name.equals("SourceFile")) {
            sourceFile = text(in.readUnsignedShort());
        } else if (name.equals("BootstrapMethods")) {
            bootstraps();
        } else {
            in.skipNBytes(length);
        }
    }

    private void bootstraps() throws IOException {
        int count = in.readUnsignedShort();
        for (int bootstrap = 0; bootstrap < count; bootstrap++) {
            String owner = owner(in.readUnsignedShort());
            int[] arguments = new int[in.readUnsignedShort()];
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = in.readUnsignedShort();
            }
            if (owner.equals("java/lang/invoke/LambdaMetafactory")) {
                addSites(bootstrap, reference(arguments[1]));
            }
        }
    }

    private String owner(int handle) {
        int[] method = reference(reference(handle)[1]);
        return text(reference(method[0])[0]);
    }

    private void addSites(int bootstrap, int[] handle) {
        int[] signature = reference(reference(handle[1])[1]);
        String body = text(signature[0]) + text(signature[1]);
        for (Instruction made : instructions) {
            if (made.bootstrap == bootstrap) {
                sites.add(new Site(made.method, made.line, made.descriptor, body, handle[0] != INVOKE_STATIC));
            }
        }
    }
}
