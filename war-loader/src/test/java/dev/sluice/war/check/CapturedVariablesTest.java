package dev.sluice.war.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fork.report.Finding;
import dev.sluice.fork.report.Finding.Kind;
import dev.sluice.fork.report.Finding.Severity;
import org.junit.jupiter.api.Test;

/** Captured variables are named with the class, the method and the line where their lambda was made. */
class CapturedVariablesTest {

    @Test
    void aChangedVariableOfAKeptLambda() {
        Finding found = Checked.app(
                        "static Runnable kept;\nstatic {\n int[] count = {0};\n kept = () -> count[0]++;\n}")
                .all()
                .stream()
                .filter(finding -> finding.kind() == Kind.CAPTURED_VARIABLE)
                .findFirst()
                .orElseThrow();
        assertThat(found.severity()).isEqualTo(Severity.BLOCKER);
        assertThat(found.path()).endsWith("lambda.count");
        assertThat(found.type()).isEqualTo("int[]");
        assertThat(found.location().className()).isEqualTo("shop.App");
        assertThat(found.location().line()).isEqualTo(6);
        assertThat(found.problem()).contains("line 6");
    }

    @Test
    void aVariableThatALambdaOfAHandlerChanges() {
        Finding found = Checked.sources("package shop; import dev.sluice.api.*; import java.util.*;\n"
                        + "public class App implements HandlerApplication {\n"
                        + "public void start(Setup setup) {\n"
                        + "Map<String, String> cache = new HashMap<>();\n"
                        + "setup.get(\"/\", (request, context) -> { cache.put(\"a\", \"b\"); return Response.text(\"x\"); });\n"
                        + "} }")
                .only();
        assertThat(found.kind()).isEqualTo(Kind.CAPTURED_VARIABLE);
        assertThat(found.severity()).isEqualTo(Severity.BLOCKER);
        assertThat(found.path()).isEqualTo("shop.App.start -> lambda.cache");
        assertThat(found.location()).hasToString("shop.App.start(App.java:5)");
    }

    @Test
    void aVariableThatIsOnlyReadIsANote() {
        assertThat(Checked.app(
                                "private static final Runnable R; static { int[] a = {1}; R = () -> System.out.println(a[0]); }")
                        .only()
                        .severity())
                .isEqualTo(Severity.NOTE);
    }

    @Test
    void aStreamThatWasCapturedIsForbidden() {
        assertThat(Checked.app(
                                "private static final Runnable R; static { java.io.InputStream in = System.in;"
                                        + " R = () -> { try { in.read(); } catch (java.io.IOException e) { throw new IllegalStateException(e); } }; }")
                        .only()
                        .kind())
                .isEqualTo(Kind.FORBIDDEN);
    }

    @Test
    void aLocalLambdaIsNobodysBusiness() {
        Checked.app(
                        "int h() { List<Integer> sum = new ArrayList<>(); List.of(1, 2).forEach(n -> sum.add(n)); return sum.size(); }")
                .none();
    }

    @Test
    void immutableVariablesAreFine() {
        Checked.app("private static final Runnable R; static { String s = \"x\"; R = () -> System.out.println(s); }")
                .none();
    }
}
