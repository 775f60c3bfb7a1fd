package dev.sluice.fork;

import java.io.File;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.text.DecimalFormat;
import java.text.SimpleDateFormat;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.Calendar;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Currency;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.IntSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.ListResourceBundle;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.Stack;
import java.util.TimeZone;
import java.util.Timer;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.Vector;
import java.util.WeakHashMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Exchanger;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import javax.sql.DataSource;

/** Objects for each row of the table in docs/forks.md, with what is promised of them. */
final class PromisedObjects {
    /** Objects of one row by what becomes of them; some rows have objects of two kinds. */
    record Row(String treatment, List<Object> shared, List<Object> rebuilt, List<Object> refused) {}

    record Empty() {}

    record Named(String name, Object content) {}

    static final class Fixed {
        private final Object content;

        Fixed(Object content) {
            this.content = content;
        }

        Object content() {
            return content;
        }
    }

    static class Open {
        Object content;
    }

    @Shared
    static final class Pool extends Open {}

    static final class Configured extends Open {}

    static final class OwnLock extends ReentrantLock {
        final transient Object held;

        OwnLock(Object held) {
            this.held = held;
        }
    }

    static final class OwnFailure extends RuntimeException {
        final transient Object held;

        OwnFailure(Object held) {
            this.held = held;
        }
    }

    static final class OwnBundle extends ListResourceBundle {
        final Object held;

        OwnBundle(Object held) {
            this.held = held;
        }

        @Override
        protected Object[][] getContents() {
            return new Object[0][];
        }
    }

    private static final boolean FUNCTIONS_OPEN = Object.class.getModule().isOpen("java.util.function", here());
    private static final boolean VIEWS_OPEN = Object.class.getModule().isOpen("java.util", here());

    private final Map<String, Row> rows = new LinkedHashMap<>();
    private final List<String> inside = new ArrayList<>(List.of("a", "b", "c"));

    private static Module here() {
        return PromisedObjects.class.getModule();
    }

    /** All rows by their text in the table. */
    Map<String, Row> rows() throws Exception {
        values();
        moreValues();
        byContent();
        collections();
        mutable();
        roles();
        purpose();
        new PromisedRefusals(this, inside).rows();
        return rows;
    }

    private void shared(String text, Object... objects) {
        rows.put(text, new Row("shared", List.of(objects), List.of(), List.of()));
    }

    private void rebuilt(String text, Object... objects) {
        rows.put(text, new Row("rebuilt", List.of(), List.of(objects), List.of()));
    }

    void refused(String text, Object... objects) {
        rows.put(text, new Row("refused", List.of(), List.of(), List.of(objects)));
    }

    private void byContent(String text, List<Object> shared, Object... rebuilt) {
        rows.put(text, new Row("by content", shared, List.of(rebuilt), List.of()));
    }

    private void values() throws Exception {
        shared(
                "strings, boxed numbers, booleans, characters",
                "text",
                1,
                2L,
                1.5,
                1.5f,
                (byte) 1,
                (short) 1,
                true,
                'c');
        shared("constants of enums", Thread.State.NEW, TimeUnit.DAYS);
        shared(
                "classes, methods, fields, method handles, method types",
                String.class,
                String.class.getMethod("length"),
                Math.class.getField("PI"),
                MethodHandles.lookup().findVirtual(String.class, "length", MethodType.methodType(int.class)),
                MethodType.methodType(int.class));
        shared(
                "values of `java.time`",
                Instant.now(),
                Duration.ZERO,
                ZoneId.systemDefault(),
                Clock.systemUTC(),
                DateTimeFormatter.ISO_DATE);
        shared(
                "`BigInteger`, `BigDecimal`, `URI`, `URL`, `UUID`, `Pattern`, `Locale`, `Currency`, `Charset`",
                BigInteger.TEN,
                new BigDecimal("1.5"),
                URI.create("http://localhost/"),
                URI.create("http://localhost/").toURL(),
                UUID.randomUUID(),
                Pattern.compile("a"),
                Locale.ROOT,
                Currency.getInstance("EUR"),
                StandardCharsets.UTF_8);
        shared("`File`, `Path`, `InetAddress`", new File("a"), Path.of("a"), InetAddress.getLoopbackAddress());
    }

    private void moreValues() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("EC").generateKeyPair();
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init((KeyStore) null);
        X509TrustManager manager = (X509TrustManager) trust.getTrustManagers()[0];
        List<Object> security = new ArrayList<>(List.of(pair, pair.getPrivate(), pair.getPublic()));
        Stream.of(manager.getAcceptedIssuers()).limit(1).forEach(security::add);
        shared("keys, key pairs and certificates of the JDK", security.toArray());
        shared("`new Object()`", new Object());
        Supplier<String> nothing = () -> "nothing";
        shared(
                "empty arrays of primitives, lambdas that captured nothing, records without components",
                new int[0],
                nothing,
                new Empty());
        shared(
                "`Level` of `java.util.logging`, `HexFormat`, `Base64` coders",
                java.util.logging.Level.INFO,
                HexFormat.of(),
                Base64.getEncoder(),
                Base64.getDecoder());
    }

    private static Supplier<Object> capturing(Object captured) {
        return () -> captured;
    }

    private void byContent() {
        byContent("records", List.of(new Named("a", List.of("b"))), new Named("a", inside));
        Supplier<Integer> size = inside::size;
        byContent(
                "lambdas and method references that captured something",
                List.of(capturing("a"), (Supplier<Integer>) "a"::length),
                capturing(inside),
                size);
        byContent(
                "application objects with only final fields, or without fields",
                List.of(new Fixed("a"), new PromisesTest()),
                new Fixed(inside));
        byContent(
                "`Optional`, `Map.entry`, `List.of`, `Set.of`, `Map.of` and their `copyOf`",
                List.of(Optional.of("a"), Map.entry("a", 1), List.of("a"), Set.of("a", "b"), Map.of("a", 1, "b", 2)),
                Optional.of(inside),
                Map.entry("a", inside),
                List.of(inside),
                Set.of(inside),
                Map.of("a", inside),
                List.copyOf(List.of(inside, "b", "c")));
        byContent(
                "unmodifiable views, `singletonList`, `nCopies`, `emptySortedSet` and the like of `Collections`",
                List.of(
                        Collections.unmodifiableList(List.of("a")),
                        Collections.singletonList("a"),
                        Collections.nCopies(3, "a"),
                        Collections.emptySortedSet(),
                        Collections.emptyNavigableMap(),
                        Collections.emptyList()),
                Collections.unmodifiableList(inside),
                Collections.unmodifiableMap(new HashMap<>()),
                Collections.singletonList(inside),
                Collections.nCopies(3, inside));
        Comparator<String> byOrder = Comparator.comparing(inside::indexOf);
        byContent(
                "comparators of the JDK",
                List.of(Comparator.naturalOrder(), Comparator.reverseOrder(), String.CASE_INSENSITIVE_ORDER),
                byOrder,
                Comparator.nullsFirst(byOrder),
                Collections.reverseOrder(byOrder));
        combinators(byOrder);
    }

    private void combinators(Comparator<String> byOrder) {
        Predicate<String> known = inside::contains;
        Function<String, Integer> place = inside::indexOf;
        Object[] combined = {
            known.and(String::isEmpty),
            known.or(String::isEmpty),
            known.negate(),
            Predicate.not(known),
            Predicate.isEqual(inside),
            place.andThen(n -> n + 1),
            place.compose((String text) -> text),
            BinaryOperator.minBy(byOrder),
            BinaryOperator.maxBy(byOrder)
        };
        Predicate<String> empty = String::isEmpty;
        List<Object> immutable = FUNCTIONS_OPEN ? List.of(empty.negate()) : List.of();
        rows.put(
                "what `Predicate.and`, `Function.andThen`, `BinaryOperator.minBy` and the like return",
                new Row(
                        "by content",
                        immutable,
                        FUNCTIONS_OPEN ? List.of(combined) : List.of(),
                        FUNCTIONS_OPEN ? List.of() : List.of(combined)));
    }

    static <T> T filled(T collection) {
        if (collection instanceof Map<?, ?> map) {
            @SuppressWarnings("unchecked")
            Map<Object, Object> target = (Map<Object, Object>) map;
            target.put("k", "v");
        } else {
            @SuppressWarnings("unchecked")
            Collection<Object> target = (Collection<Object>) collection;
            target.add("e");
        }
        return collection;
    }

    private void collections() {
        rebuilt(
                "lists, deques and queues of `java.util` and `java.util.concurrent` that do not block",
                filled(new ArrayList<>()),
                filled(new LinkedList<>()),
                filled(new Vector<>()),
                filled(new Stack<>()),
                filled(new ArrayDeque<>()),
                filled(new PriorityQueue<>()),
                filled(new CopyOnWriteArrayList<>()),
                filled(new ConcurrentLinkedQueue<>()),
                filled(new ConcurrentLinkedDeque<>()));
        rebuilt(
                "sets and maps of `java.util` and `java.util.concurrent`",
                filled(new HashSet<>()),
                filled(new LinkedHashSet<>()),
                filled(new TreeSet<>()),
                EnumSet.of(Thread.State.NEW),
                filled(new CopyOnWriteArraySet<>()),
                filled(new ConcurrentSkipListSet<>()),
                filled(ConcurrentHashMap.newKeySet()),
                filled(new HashMap<>()),
                filled(new LinkedHashMap<>()),
                filled(new TreeMap<>()),
                new EnumMap<>(Map.of(Thread.State.NEW, "v")),
                filled(new Hashtable<>()),
                filled(new Properties()),
                filled(new WeakHashMap<>()),
                filled(new IdentityHashMap<>()),
                filled(new ConcurrentHashMap<>()),
                filled(new ConcurrentSkipListMap<>()));
        rebuilt(
                "synchronized and checked wrappers, `newSetFromMap`, `asLifoQueue`, `Arrays.asList`",
                Collections.synchronizedList(inside),
                Collections.synchronizedMap(new HashMap<>()),
                Collections.checkedList(inside, String.class),
                Collections.newSetFromMap(new HashMap<>()),
                Collections.asLifoQueue(new ArrayDeque<>()),
                Arrays.asList("a", "b"));
        rebuilt("subclasses of these collections", PromisedRoles.subclasses().toArray());
        Map<String, String> map = filled(new HashMap<>());
        Object[] views = {inside.subList(0, 1), map.keySet(), map.values(), map.entrySet()};
        rows.put(
                "sub-lists, and key sets, values and entry sets of maps",
                new Row(
                        "rebuilt",
                        List.of(),
                        VIEWS_OPEN ? List.of(views) : List.of(),
                        VIEWS_OPEN ? List.of() : List.of(views)));
    }

    private void mutable() throws Exception {
        rebuilt("application objects with a field that is not final", new Open());
        rebuilt("arrays that are not empty", new int[] {1}, new String[] {"a"}, new Object[][] {{}}, new boolean[1]);
        rebuilt(
                "atomics, adders, summary statistics",
                new AtomicInteger(),
                new AtomicLong(),
                new AtomicBoolean(),
                new AtomicReference<>("a"),
                new AtomicIntegerArray(1),
                new AtomicReferenceArray<>(1),
                new LongAdder(),
                new DoubleAdder(),
                new IntSummaryStatistics());
        rebuilt(
                "`StringBuilder`, `StringBuffer`, `BitSet`",
                new StringBuilder("a"),
                new StringBuffer("a"),
                new BitSet());
        rebuilt(
                "`Date`, `Calendar`, `TimeZone`, formats of `java.text`",
                new Date(),
                Calendar.getInstance(),
                TimeZone.getTimeZone("UTC"),
                new SimpleDateFormat("yyyy", Locale.ROOT),
                new DecimalFormat("0"));
        rebuilt("byte and char buffers on the heap", ByteBuffer.allocate(4), CharBuffer.allocate(4));
        rebuilt("`Random`", new Random(1));
        rebuilt("hidden classes whose fields can be set", HiddenClassesTest.hidden(HiddenClassesTest.Open.class, "a"));
    }

    private void roles() throws Exception {
        Executor fixed = Runnable::run;
        List<String> log = inside;
        Executor logging = task -> log.add("ran");
        byContent(
                "an application's own `Executor`, `Lock`, `Future`, `Key`, `Flow.Publisher`",
                List.of(fixed),
                logging,
                PromisedRoles.lock(inside),
                PromisedRoles.future(inside),
                PromisedRoles.key(inside),
                PromisedRoles.publisher(inside));
        Class<?> hidden = HiddenClassesTest.Fixed.class;
        String own =
                "an application's subclasses of locks, exceptions and bundles, and hidden classes with final fields, that lead to ";
        shared(
                own + "nothing that can be changed",
                new OwnLock("a"),
                new OwnFailure("a"),
                new OwnBundle("a"),
                HiddenClassesTest.hidden(hidden, "a"));
        refused(
                own + "something that can be changed",
                new OwnLock(inside),
                new OwnFailure(inside),
                new OwnBundle(inside),
                HiddenClassesTest.hidden(hidden, inside));
    }

    private void purpose() {
        Timer timer = new Timer(true);
        timer.cancel();
        shared("executors and timers of the JDK", ForkJoinPool.commonPool(), timer);
        shared("futures of the JDK", new CompletableFuture<>(), new FutureTask<>(() -> "a"));
        ReentrantReadWriteLock both = new ReentrantReadWriteLock();
        shared(
                "locks of the JDK that nobody holds, conditions",
                new ReentrantLock(),
                both,
                both.readLock(),
                both.writeLock(),
                new StampedLock(),
                new ReentrantLock().newCondition());
        shared(
                "`Semaphore`, `CountDownLatch`, `CyclicBarrier`, `Phaser`, `Exchanger`",
                new Semaphore(1),
                new CountDownLatch(1),
                new CyclicBarrier(1),
                new Phaser(),
                new Exchanger<>());
        shared(
                "blocking queues and publishers of the JDK",
                new ArrayBlockingQueue<>(1),
                new LinkedBlockingDeque<>(),
                new SubmissionPublisher<>());
        shared("`SecureRandom`", new SecureRandom());
        shared(
                "loggers of `java.util.logging` and `System.Logger`",
                java.util.logging.Logger.getLogger("x"),
                System.getLogger("y"));
        shared("exceptions and resource bundles of the JDK", new IllegalStateException("a"));
        shared("data sources", PromisedRoles.proxy(DataSource.class));
        shared(
                "types and fields annotated `@Shared`, and types that the configuration names",
                new Pool(),
                new Configured());
    }
}
