package dev.sluice.fork.plan;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the class file of a {@link Copier}: one loop over the pristine objects whose body is a straight line of calls to
 * constant method handles (allocate, get, set), which the JIT inlines to an allocation, loads and stores.
 *
 * <p>The handles are the class data of the hidden class, so the code names no class of the application and needs no access
 * to it. The loop has one branch target before and one after it; both have the same, fixed stack map frame.
 */
final class CopierWriter {
    private static final String OBJECT = "java/lang/Object";
    private static final String SUPER = Copier.class.getName().replace('.', '/');
    private static final String HANDLE = "java/lang/invoke/MethodHandle";
    private static final String DESCRIPTOR = "([Ljava/lang/Object;[Ljava/lang/Object;[I[I)V";

    private static final int VERSION = 61;
    private static final int PRISTINE = 1;
    private static final int SLOTS = 2;
    private static final int LINKS = 3;
    private static final int TARGETS = 4;
    private static final int INDEX = 5;
    private static final int LINK = 6;
    private static final int FROM = 7;
    private static final int TO = 8;
    private static final int LOCALS = 9;

    private final String name;
    private final ConstantPool pool = new ConstantPool();
    private final List<MethodHandle> handles = new ArrayList<>();
    private final ByteArrayOutputStream code = new ByteArrayOutputStream();
    private int depth;
    private int deepest;
    private int head;
    private int exit;

    /** @param name internal name of the class, in the package of {@link Copier} */
    CopierWriter(String name) {
        this.name = name;
        op(0x03).local(0x36, INDEX);
        op(0x03).local(0x36, LINK);
        head = code.size();
        local(0x15, INDEX).local(0x19, PRISTINE).op(0xbe);
        exit = code.size();
        op(0xa2).u2(0);
        local(0x19, PRISTINE).local(0x15, INDEX).op(0x32).local(0x3a, FROM);
        deepest = 4;
    }

    /** The handles that the code refers to, in the order of its class data. */
    List<MethodHandle> handles() {
        return handles;
    }

    int size() {
        return code.size();
    }

    /** {@code to = handle()}. */
    void allocate(MethodHandle allocator) {
        push(allocator).call(allocator.type());
        local(0x3a, TO);
        depth--;
    }

    /** {@code to = slots[targets[index]]}. */
    void takeTarget() {
        local(0x19, SLOTS).local(0x19, TARGETS).local(0x15, INDEX);
        op(0x2e).op(0x32);
        deepest = Math.max(deepest, depth + 3);
        depth++;
        local(0x3a, TO);
        depth--;
    }

    /** {@code setter(to, getter(from))}. */
    void transfer(MethodHandle getter, MethodHandle setter) {
        push(setter).local(0x19, TO);
        depth++;
        get(getter);
        call(setter.type());
    }

    /** {@code setter(to, slots[links[link++]])}. */
    void relink(MethodHandle setter) {
        push(setter).local(0x19, TO);
        depth++;
        link();
        call(setter.type());
    }

    /** Begins {@code to = constructor(...)}: the arguments follow. */
    void beginConstruction(MethodHandle constructor) {
        push(constructor);
    }

    void endConstruction(MethodHandle constructor) {
        call(constructor.type());
        local(0x3a, TO);
        depth--;
    }

    /** Pushes {@code getter(from)}. */
    void get(MethodHandle getter) {
        push(getter).local(0x19, FROM);
        depth++;
        call(getter.type());
    }

    /** Pushes {@code slots[links[link++]]}. */
    void link() {
        local(0x19, SLOTS).local(0x19, LINKS).local(0x15, LINK);
        op(0x84).op(LINK).op(1);
        op(0x2e).op(0x32);
        deepest = Math.max(deepest, depth + 3);
        depth++;
    }

    /**
     * {@code slots[targets[index]] = to}. The targets are an array of their own: were they behind the links of each object, C2 of JDK 17
     * would make a loop that takes nearly twice as long.
     */
    void keep() {
        local(0x19, SLOTS).local(0x19, TARGETS).local(0x15, INDEX);
        op(0x2e).local(0x19, TO).op(0x53);
        deepest = Math.max(deepest, depth + 3);
    }

    private CopierWriter push(MethodHandle handle) {
        handles.add(handle);
        op(0x13).u2(pool.handle(handles.size() - 1));
        depth++;
        deepest = Math.max(deepest, depth + 1);
        return this;
    }

    /** Calls the handle below the arguments on the stack. */
    private void call(MethodType type) {
        op(0xb6).u2(pool.method(HANDLE, "invokeExact", type.toMethodDescriptorString()));
        deepest = Math.max(deepest, depth + type.parameterCount() + 1);
        int taken = 1;
        for (Class<?> parameter : type.parameterList()) {
            taken += words(parameter);
        }
        deepest = Math.max(deepest, depth + taken);
        depth += words(type.returnType()) - taken;
        deepest = Math.max(deepest, depth + 1);
    }

    private static int words(Class<?> type) {
        if (type == void.class) {
            return 0;
        }
        return type == long.class || type == double.class ? 2 : 1;
    }

    private CopierWriter op(int opcode) {
        code.write(opcode);
        return this;
    }

    private CopierWriter u2(int value) {
        code.write(value >> 8);
        code.write(value);
        return this;
    }

    private CopierWriter local(int opcode, int index) {
        return op(opcode).op(index);
    }

    /** Ends the loop and gives the class file. */
    byte[] finish() {
        op(0x84).op(INDEX).op(1);
        int back = code.size();
        op(0xa7).u2(head - back);
        int end = code.size();
        op(0xb1);
        byte[] body = code.toByteArray();
        body[exit + 1] = (byte) (end - exit >> 8);
        body[exit + 2] = (byte) (end - exit);
        try {
            return classFile(body, end);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] classFile(byte[] body, int end) throws IOException {
        byte[] constructor = method(0, "<init>", "()V", constructor(), 1, 1, new byte[0]);
        byte[] copy = method(0, "copy", DESCRIPTOR, body, deepest + 2, LOCALS, frames(end));
        int self = pool.type(name);
        int parent = pool.type(SUPER);
        byte[] bootstraps = pool.bootstrapMethods();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(0xCAFEBABE);
        out.writeShort(0);
        out.writeShort(VERSION);
        pool.write(out);
        out.writeShort(0x1030);
        out.writeShort(self);
        out.writeShort(parent);
        out.writeShort(0);
        out.writeShort(0);
        out.writeShort(2);
        out.write(constructor);
        out.write(copy);
        out.writeShort(1);
        out.write(bootstraps);
        return bytes.toByteArray();
    }

    private byte[] constructor() {
        int call = pool.method(SUPER, "<init>", "()V");
        return new byte[] {0x2a, (byte) 0xb7, (byte) (call >> 8), (byte) call, (byte) 0xb1};
    }

    private byte[] method(
            int access, String method, String descriptor, byte[] body, int stack, int locals, byte[] frames)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeShort(access);
        out.writeShort(pool.utf8(method));
        out.writeShort(pool.utf8(descriptor));
        out.writeShort(1);
        out.writeShort(pool.utf8("Code"));
        out.writeInt(12 + body.length + frames.length);
        out.writeShort(stack);
        out.writeShort(locals);
        out.writeInt(body.length);
        out.write(body);
        out.writeShort(0);
        out.writeShort(frames.length == 0 ? 0 : 1);
        out.write(frames);
        return bytes.toByteArray();
    }

    /** StackMapTable (JVMS 4.7.4) with a full frame at the head of the loop and the same frame again behind it. */
    private byte[] frames(int end) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        frame(out, head);
        frame(out, end - head - 1);
        byte[] entries = bytes.toByteArray();
        ByteArrayOutputStream attribute = new ByteArrayOutputStream();
        DataOutputStream table = new DataOutputStream(attribute);
        table.writeShort(pool.utf8("StackMapTable"));
        table.writeInt(2 + entries.length);
        table.writeShort(2);
        table.write(entries);
        return attribute.toByteArray();
    }

    private void frame(DataOutputStream out, int offset) throws IOException {
        int array = pool.type("[L" + OBJECT + ";");
        out.writeByte(255);
        out.writeShort(offset);
        out.writeShort(7);
        reference(out, pool.type(name));
        reference(out, array);
        reference(out, array);
        reference(out, pool.type("[I"));
        reference(out, pool.type("[I"));
        out.writeByte(1);
        out.writeByte(1);
        out.writeShort(0);
    }

    private static void reference(DataOutputStream out, int type) throws IOException {
        out.writeByte(7);
        out.writeShort(type);
    }
}
