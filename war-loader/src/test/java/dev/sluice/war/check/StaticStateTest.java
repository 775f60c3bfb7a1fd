package dev.sluice.war.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fork.report.Finding;
import dev.sluice.fork.report.Finding.Kind;
import dev.sluice.fork.report.Finding.Severity;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Static fields: which are reported, how badly, and where. */
class StaticStateTest {

    @Nested
    class Assigned {
        @Test
        void byAnyMethodIsABlockerWithItsPlace() {
            Finding found = Checked.app("private static int count;\nvoid handle() {\n count++;\n}")
                    .only();
            assertThat(found.severity()).isEqualTo(Severity.BLOCKER);
            assertThat(found.kind()).isEqualTo(Kind.STATIC_FIELD);
            assertThat(found.path()).isEqualTo("shop.App.count");
            assertThat(found.type()).isEqualTo("int");
            assertThat(found.location()).hasToString("shop.App.handle(App.java:5)");
            assertThat(found.advice()).contains("template");
        }

        @Test
        void byAnotherClassIsFoundToo() {
            Finding found = Checked.sources(
                            "package shop; public class Config { public static String mode; }",
                            "package shop; public class User { void change() { Config.mode = \"x\"; } }")
                    .only();
            assertThat(found.path()).isEqualTo("shop.Config.mode");
            assertThat(found.location().className()).isEqualTo("shop.User");
        }

        @Test
        void whileStartingIsAWarning() {
            Finding found = Checked.app(
                            "private static String mode; public void init() { mode = \"x\"; } String mode() { return mode; }")
                    .only();
            assertThat(found.severity()).isEqualTo(Severity.WARNING);
            assertThat(found.location().method()).isEqualTo("init");
        }

        @Test
        void byNobodyIsANoteIfOthersCould() {
            assertThat(Checked.app("static int limit = 3;").only().severity()).isEqualTo(Severity.NOTE);
            Checked.app("private static int limit = 3; int limit() { return limit; }")
                    .none();
        }
    }

    @Nested
    class Values {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "static final Map<String, String> CACHE = new HashMap<>(); void h() { CACHE.put(\"a\", \"b\"); }",
                    "static final int[] COUNTS = new int[3]; void h() { COUNTS[1] = 2; }",
                    "static final AtomicInteger COUNT = new AtomicInteger(); void h() { COUNT.set(3); }",
                    "static final ConcurrentMap<String, String> C = new ConcurrentHashMap<>(); void h() { C.put(\"a\", \"b\"); }",
                    "static final Map<String, String> C = new HashMap<>(); void h() { C.computeIfAbsent(\"a\", k -> k); }",
                    "static final List<String> L = new ArrayList<>(); void h() { List<String> local = L; local.add(\"x\"); }",
                    "static final List<String> L = new ArrayList<>(); void h() { Collections.sort(L); }",
                    "static final StringBuilder B = new StringBuilder(); void h() { B.append(1); }",
                    "private static List<String> list = new ArrayList<>(); void h() { list.add(\"x\"); }",
                    "static final java.text.SimpleDateFormat F = new java.text.SimpleDateFormat(); void h() { F.format(new Date()); }"
                })
        void thatAreChangedAreBlockers(String body) {
            Finding found = Checked.app(body).only();
            assertThat(found.severity()).isEqualTo(Severity.BLOCKER);
            assertThat(found.kind()).isEqualTo(Kind.STATIC_VALUE);
            assertThat(found.location().method()).isEqualTo("h");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "static final AtomicInteger COUNT = new AtomicInteger(); void h() { COUNT.incrementAndGet(); }",
                    "static final ConcurrentMap<String, String> C = new ConcurrentHashMap<>(); void h() { C.computeIfAbsent(\"a\", k -> k); }",
                    "static final ConcurrentMap<String, String> C = new ConcurrentHashMap<>(); void h() { C.remove(\"a\"); }"
                })
        void thatAreCountersOrCachesMadeForThreadsAreNotes(String body) {
            Finding found = Checked.app(body).only();
            assertThat(found.severity()).isEqualTo(Severity.NOTE);
            assertThat(found.location().method()).isEqualTo("h");
        }

        @Test
        void ofOwnClassesAreJudgedByTheirCode() {
            String counter =
                    "package shop; public class Counter { private int n; void more() { inner(); } private void inner() { n++; } int n() { return n; } }";
            String changing =
                    "package shop; public class App { static final Counter C = new Counter(); void h() { C.more(); } }";
            String reading =
                    "package shop; public class App { static final Counter C = new Counter(); int h() { return C.n(); } }";
            assertThat(Checked.sources(counter, changing).only().severity()).isEqualTo(Severity.BLOCKER);
            assertThat(Checked.sources(counter, reading).only().severity()).isEqualTo(Severity.NOTE);
        }

        @Test
        void thatAreHandedOutAreWarnings() {
            assertThat(Checked.app(
                                    "private static final List<String> L = new ArrayList<>(); List<String> all() { return L; }")
                            .only()
                            .severity())
                    .isEqualTo(Severity.WARNING);
        }

        @Test
        void thatAreOnlyReadAreNotes() {
            assertThat(Checked.app(
                                    "private static final Map<String, Integer> M = new HashMap<>(); static { M.put(\"a\", 1); }"
                                            + " int h() { return M.get(\"a\"); }")
                            .only()
                            .severity())
                    .isEqualTo(Severity.NOTE);
        }

        @Test
        void perThreadAreWarnings() {
            assertThat(Checked.app(
                                    "static final ThreadLocal<String> USER = new ThreadLocal<>(); void h() { USER.set(\"x\"); }")
                            .only()
                            .problem())
                    .contains("next request on the thread");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "static final String S = \"x\"; static final int N = 3; static final Integer I = 5;",
                    "static final List<String> L = List.of(\"a\"); static final Map<String, String> M = Map.of();",
                    "static final Set<String> S = Collections.unmodifiableSet(new HashSet<>(List.of(\"a\")));",
                    "static final java.util.regex.Pattern P = java.util.regex.Pattern.compile(\"x\");",
                    "static final System.Logger LOG = System.getLogger(\"x\");",
                    "static final java.time.Duration D = java.time.Duration.ofSeconds(1);",
                    "static final Runnable R = () -> {};",
                    "record Point(int x, int y) {} static final Point P = new Point(1, 2);",
                    "enum Color { RED, GREEN }",
                    "static final ExecutorService E = Executors.newCachedThreadPool();"
                })
        void thatCannotBeChangedAreFine(String body) {
            Checked.app(body).none();
        }
    }

    @Nested
    class SingleInstances {
        @Test
        void aSingletonThatIsChangedIsABlocker() {
            Finding found = Checked.app(
                            "private static final App INSTANCE = new App(); private int n; static App get() { return INSTANCE; } void h() { n = 3; }")
                    .all()
                    .get(0);
            assertThat(found.kind()).isEqualTo(Kind.SINGLETON);
            assertThat(found.severity()).isEqualTo(Severity.WARNING);
        }

        @Test
        void anEnumWithAChangingFieldIsABlocker() {
            Finding found = Checked.sources(
                            "package shop; public enum Registry { ONE; private int n; public void h() { n++; } }")
                    .only();
            assertThat(found.kind()).isEqualTo(Kind.SINGLETON);
            assertThat(found.path()).isEqualTo("shop.Registry.n");
        }

        @Test
        void aServletWithAFieldThatRequestsAssign() {
            Finding found = Checked.sources(
                            "package shop; import jakarta.servlet.http.*;\npublic class Cart extends HttpServlet {\n"
                                    + "private String user; private String greeting; public void init() { greeting = \"hi\"; }\n"
                                    + "protected void doGet(HttpServletRequest request, HttpServletResponse response) {\nuser = request.getRemoteUser(); } }")
                    .only();
            assertThat(found.kind()).isEqualTo(Kind.SINGLETON);
            assertThat(found.path()).isEqualTo("shop.Cart.user");
            assertThat(found.location()).hasToString("shop.Cart.doGet(Cart.java:5)");
            assertThat(found.problem()).contains("servlet");
        }

        @Test
        void aServletWithACollectionThatRequestsChange() {
            assertThat(Checked.sources(
                                    "package shop; import jakarta.servlet.http.*; public class Cart extends HttpServlet {"
                                            + "private final java.util.List<String> items = new java.util.ArrayList<>();"
                                            + "protected void doGet(HttpServletRequest request, HttpServletResponse response) { items.add(\"x\"); } }")
                            .only()
                            .problem())
                    .contains("holds a value that is changed");
        }

        @Test
        void aServletThatIsForkedPerRequestMayChangeItsFields() {
            Checked.sources(
                            "package shop; import jakarta.servlet.http.*; @dev.sluice.api.ForkedPerRequest public class Cart extends HttpServlet {"
                                    + "private String user; protected void doGet(HttpServletRequest request, HttpServletResponse response) { user = request.getRemoteUser(); } }")
                    .none();
        }

        @Test
        void aServletThatOnlyReadsIsFine() {
            Checked.sources(
                            "package shop; import jakarta.servlet.http.*; public class Cart extends HttpServlet {"
                                    + "private final java.util.List<String> items = java.util.List.of(\"a\");"
                                    + "protected void doGet(HttpServletRequest request, HttpServletResponse response) { items.size(); } }")
                    .none();
        }
    }
}
