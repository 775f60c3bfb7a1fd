package dev.sluice.fork;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringReader;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.SoftReference;
import java.lang.ref.WeakReference;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.Selector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Scanner;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Objects for the rows of the table in docs/forks.md that promise a refusal. */
final class PromisedRefusals {
    private final PromisedObjects objects;
    private final List<String> inside;

    PromisedRefusals(PromisedObjects objects, List<String> inside) {
        this.objects = objects;
        this.inside = inside;
    }

    void rows() throws Exception {
        streams();
        positions();
        foreign();
    }

    private void streams() throws Exception {
        objects.refused(
                "streams, readers and writers of `java.io`",
                new ByteArrayInputStream(new byte[0]),
                new ByteArrayOutputStream(),
                new StringReader(""),
                new PrintWriter(new ByteArrayOutputStream()));
        Path file = Files.createTempFile("sluice-promised-", ".zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("a"));
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        Object mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, 8);
        ZipFile zip = new ZipFile(file.toFile());
        RandomAccessFile random = new RandomAccessFile(file.toFile(), "r");
        Socket socket = new Socket();
        ServerSocket server = new ServerSocket();
        DatagramSocket datagrams = new DatagramSocket(null);
        Selector selector = Selector.open();
        for (AutoCloseable opened : List.of(channel, zip, random, socket, server, datagrams, selector)) {
            opened.close();
        }
        Files.delete(file);
        objects.refused(
                "open files and archives, channels, selectors, sockets",
                random,
                zip,
                channel,
                selector,
                socket,
                server,
                datagrams);
        objects.refused("buffers outside the heap, and mapped files", ByteBuffer.allocateDirect(8), mapped);
    }

    private void positions() {
        objects.refused(
                "threads, thread groups, thread locals, class loaders, processes",
                new Thread(() -> {}),
                Thread.currentThread().getThreadGroup(),
                new ThreadLocal<>(),
                getClass().getClassLoader(),
                new ProcessBuilder("true"));
        objects.refused(
                "iterators, enumerations, spliterators, streams of elements, scanners, matchers",
                inside.iterator(),
                new Vector<>(List.of("a")).elements(),
                inside.spliterator(),
                inside.stream(),
                new Scanner("a"),
                Pattern.compile("a").matcher("a"));
        objects.refused(
                "weak, soft and phantom references",
                new WeakReference<>("a"),
                new SoftReference<>("a"),
                new PhantomReference<>("a", new ReferenceQueue<>()));
        ReentrantLock held = new ReentrantLock();
        held.lock();
        ReentrantReadWriteLock writing = new ReentrantReadWriteLock();
        writing.writeLock().lock();
        StampedLock stamped = new StampedLock();
        stamped.readLock();
        objects.refused("locks that somebody holds, by whatever view", held, writing, writing.writeLock(), stamped);
        TreeSet<String> set = new TreeSet<>(inside);
        TreeMap<String, String> map = PromisedObjects.filled(new TreeMap<>());
        objects.refused(
                "views of sorted sets and maps",
                set.headSet("c"),
                set.descendingSet(),
                map.headMap("z"),
                map.descendingMap());
    }

    private void foreign() throws Exception {
        objects.refused("dynamic proxies of other interfaces", PromisedRoles.proxy(Runnable.class));
        objects.refused(
                "JDBC connections, statements and results",
                PromisedRoles.proxy(Connection.class),
                PromisedRoles.proxy(Statement.class),
                PromisedRoles.proxy(ResultSet.class));
        objects.refused(
                "servlet requests, responses and sessions",
                PromisedRoles.servletObjects().toArray());
        objects.refused(
                "hash tables of the application's own whose keys are rebuilt and hashed by identity",
                PromisedRoles.identityMap());
        objects.refused("classes of the JDK that are not known", new StringJoiner(","));
    }
}
