package dev.sluice.war.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.war.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A route counts as pure only if all code that it reaches was read and stays within the JVM. */
class PurityTest {
    @TempDir
    private Path directory;

    private Purity purity(String... sources) throws IOException {
        for (Map.Entry<String, byte[]> type : Sources.compile(sources).entrySet()) {
            Path file = directory.resolve(type.getKey().replace('.', '/') + ".class");
            Files.createDirectories(file.getParent());
            Files.write(file, type.getValue());
        }
        return Purity.of(directory);
    }

    private Optional<String> outside(String body) throws IOException {
        return purity("package shop; import java.util.*; class App {\n" + body + "\n}")
                .outside("shop.App", Set.of("handle"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "int handle(List<String> all) { all.sort(Comparator.reverseOrder()); return all.size(); }",
                "String handle(String a) { return new java.io.File(a).getName() + java.net.URI.create(a); }",
                "String handle(String a) { return java.nio.file.Path.of(a).toString() + new java.sql.Timestamp(1); }",
                "void handle() { Runnable r = this::next; r.run(); } int n; void next() { n++; }",
                "void handle() {} void other() throws Exception { new java.net.Socket(\"a\", 1); }"
            })
    void whatStaysWithin(String body) throws IOException {
        assertThat(outside(body)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "void handle() throws Exception { a(); } void a() throws Exception { java.nio.file.Files.delete(null); }",
                "void handle(List<String> all) { all.forEach(java.io.File::new); all.stream().map(java.io.File::new).forEach(java.io.File::delete); }",
                "void handle() { Runnable r = () -> System.exit(1); r.run(); }",
                "void handle() { new Other(); } static class Other { static final boolean B = new java.io.File(\"x\").exists(); }",
                "final Runnable later = () -> new java.io.File(\"x\").delete(); void handle() { later.run(); }",
                "interface Store { void put(); } static class Disk implements Store { public void put() { new java.io.File(\"x\").delete(); } }"
                        + " void handle(Store store) { store.put(); }",
                "native void handle();",
                "void handle() throws Exception { App.class.getMethod(\"x\").invoke(null); }"
            })
    void whatReachesOutside(String body) throws IOException {
        assertThat(outside(body)).isPresent();
    }

    @Test
    void codeThatWasNotRead() throws IOException {
        purity(
                "package lib; public class Library { public static void call() {} }",
                "package shop; class App { void handle() { lib.Library.call(); } }");
        Files.delete(directory.resolve("lib/Library.class"));
        assertThat(Purity.of(directory).outside("shop.App", Set.of("handle")).orElseThrow())
                .startsWith("calls lib.Library.call, which was not read");
    }

    @Test
    void lambdasOfOneInterface() throws IOException {
        Purity purity =
                purity("package shop; class App { Runnable a() { return () -> new java.io.File(\"x\").delete(); }"
                        + " java.util.function.Supplier<String> b() { return () -> \"b\"; } }");
        assertThat(purity.outsideOfLambdas("shop.App", "java.lang.Runnable").orElseThrow())
                .startsWith("uses files");
        assertThat(purity.outsideOfLambdas(null, "java.lang.Runnable")).isPresent();
        assertThat(purity.outsideOfLambdas("shop.App", "java.util.function.Supplier"))
                .isEmpty();
    }

    @Test
    void theParametersThatAreAskedFor() throws IOException {
        assertThat(purity("package shop; class App { String handle(jakarta.servlet.ServletRequest r) {"
                                + " return r.getParameter(\"item\") + r.getParameter(r.getProtocol()); } }")
                        .parameters())
                .containsExactly("item");
    }
}
