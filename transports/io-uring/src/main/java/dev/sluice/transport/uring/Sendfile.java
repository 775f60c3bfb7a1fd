package dev.sluice.transport.uring;

import io.netty.channel.DefaultFileRegion;
import io.netty.channel.unix.Buffer;
import io.netty.channel.unix.Errors;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * The kernel's sendfile(2), which copies nothing: called with the JDK's foreign functions (JDK 22 and newer) on the descriptor that Netty's
 * native code finds in a {@link FileChannel}. Files that the kernel cannot send so, and channels that are not the JDK's, are copied.
 */
final class Sendfile implements FileSender {
    private static final System.Logger LOG = System.getLogger(Sendfile.class.getName());
    private static final int LEAST_JDK = 22;
    private static final String CHANNEL = "sun.nio.ch.FileChannelImpl";
    private static final int MOST_UNUSED = 16;
    /** errno is in the first four bytes of the memory of a call, the offset behind it. */
    private static final int MEMORY = 16;

    private static final int OFFSET_AT = 8;
    private static final int EINTR = 4;
    private static final int EAGAIN = 11;
    private static final int EINVAL = 22;
    private static final int ENOSYS = 38;
    private static final int EOVERFLOW = 75;

    private final MethodHandle descriptor; // (DefaultFileRegion)int
    private final MethodHandle sendfile; // (ByteBuffer errno, int out, int in, long offset, long count)long
    private final FileSender copying;
    private final BlockingQueue<ByteBuffer> unused = new ArrayBlockingQueue<>(MOST_UNUSED);

    private Sendfile(MethodHandle descriptor, MethodHandle sendfile, FileSender copying) {
        this.descriptor = descriptor;
        this.sendfile = sendfile;
        this.copying = copying;
    }

    /** Found out once, when the first transport is opened. */
    private static final class Best {
        static final FileSender SENDER = orCopying(new CopyingSender());
    }

    /** The best way to send files here; the log says so, once, if it is the second best. */
    static FileSender orCopying() {
        return Best.SENDER;
    }

    private static FileSender orCopying(FileSender copying) {
        int jdk = Runtime.version().feature();
        if (jdk < LEAST_JDK) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "files are copied for sending: sendfile needs JDK 22 or newer, this is " + jdk);
            return copying;
        }
        try {
            return new Sendfile(descriptor(), sendfile(), copying);
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            Throwable cause = e instanceof InvocationTargetException ? e.getCause() : e;
            LOG.log(
                    System.Logger.Level.INFO,
                    "files are copied for sending: sendfile cannot be called here (" + cause + ")");
            return copying;
        }
    }

    /** Netty's access to the descriptor in a FileChannel: native, so that the JDK need not be opened. */
    private static MethodHandle descriptor() throws ReflectiveOperationException {
        Method method =
                Class.forName("io.netty.channel.uring.Native").getDeclaredMethod("getFd", DefaultFileRegion.class);
        method.setAccessible(true);
        return MethodHandles.lookup().unreflect(method);
    }

    private static MethodHandle sendfile() throws ReflectiveOperationException {
        Class<?> linkers = foreign("Linker");
        Class<?> layouts = foreign("MemoryLayout");
        Class<?> functions = foreign("FunctionDescriptor");
        Class<?> segments = foreign("MemorySegment");
        Class<?> options = foreign("Linker$Option");
        Object linker = linkers.getMethod("nativeLinker").invoke(null);
        Object symbols = linkers.getMethod("defaultLookup").invoke(linker);
        Object address = ((Optional<?>)
                        foreign("SymbolLookup").getMethod("find", String.class).invoke(symbols, "sendfile"))
                .orElseThrow(() -> new NoSuchMethodException("the C library has no sendfile"));
        Object number = foreign("ValueLayout").getField("JAVA_INT").get(null);
        Object wide = foreign("ValueLayout").getField("JAVA_LONG").get(null);
        Object function = functions
                .getMethod("of", layouts, layouts.arrayType())
                .invoke(null, wide, array(layouts, number, number, wide, wide));
        Object errno =
                options.getMethod("captureCallState", String[].class).invoke(null, (Object) new String[] {"errno"});
        MethodHandle call = (MethodHandle) linkers.getMethod("downcallHandle", segments, functions, options.arrayType())
                .invoke(linker, address, function, array(options, errno));
        MethodHandle memory = MethodHandles.lookup()
                .findStatic(segments, "ofBuffer", MethodType.methodType(segments, java.nio.Buffer.class))
                .asType(MethodType.methodType(segments, ByteBuffer.class));
        return MethodHandles.filterArguments(call, 0, memory);
    }

    private static Class<?> foreign(String name) throws ClassNotFoundException {
        return Class.forName("java.lang.foreign." + name);
    }

    private static Object array(Class<?> type, Object... elements) {
        Object array = Array.newInstance(type, elements.length);
        for (int i = 0; i < elements.length; i++) {
            Array.set(array, i, elements[i]);
        }
        return array;
    }

    @Override
    public long send(Socket socket, FileChannel file, long position, long count) throws IOException {
        if (!file.getClass().getName().equals(CHANNEL)) {
            return copying.send(socket, file, position, count);
        }
        int source = descriptor(file);
        ByteBuffer memory = unused.poll();
        if (memory == null) {
            memory = ByteBuffer.allocateDirect(MEMORY).order(ByteOrder.nativeOrder());
        }
        try {
            long result;
            do {
                memory.putLong(OFFSET_AT, position);
                result = call(memory, socket.intValue(), source, count);
            } while (result < 0 && memory.getInt(0) == EINTR);
            if (result >= 0) {
                return result;
            }
            int error = memory.getInt(0);
            return switch (error) {
                case EAGAIN -> FULL;
                case EINVAL, ENOSYS, EOVERFLOW -> copying.send(socket, file, position, count);
                default -> throw Errors.newIOException("sendfile", -error);
            };
        } finally {
            unused.offer(memory);
        }
    }

    private long call(ByteBuffer memory, int target, int source, long count) {
        try {
            return (long) sendfile.invokeExact(memory, target, source, Buffer.memoryAddress(memory) + OFFSET_AT, count);
        } catch (Throwable e) {
            throw new IllegalStateException("sendfile could not be called", e);
        }
    }

    private int descriptor(FileChannel file) throws IOException {
        if (!file.isOpen()) {
            throw new ClosedChannelException();
        }
        try {
            return (int) descriptor.invokeExact(new DefaultFileRegion(file, 0, 0));
        } catch (Throwable e) {
            throw new IllegalStateException("Netty did not find the descriptor of " + file, e);
        }
    }
}
