package dev.sluice.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/handlers.md compile, and those that check something are right. */
class GuideTest {
    private static final String IMPORTS = List.of(
                    "dev.sluice.api",
                    "dev.sluice.api.testing",
                    "java.io",
                    "java.nio.charset",
                    "java.nio.file",
                    "java.time",
                    "java.util")
            .stream()
            .map(name -> "import " + name + ".*;\n")
            .reduce("", String::concat);

    @TempDir
    private Path classes;

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String name, String text) {
            super(URI.create("string:///" + name + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static List<Source> examples() throws Exception {
        String guide = Files.readString(Path.of("../../docs/handlers.md"));
        Matcher blocks = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(guide);
        List<Source> sources = new ArrayList<>();
        while (blocks.find()) {
            String text = blocks.group(1);
            Matcher type = Pattern.compile("^public final class (\\w+)").matcher(text);
            if (type.find()) {
                sources.add(new Source(type.group(1), IMPORTS + text));
            } else {
                String name = "Example" + sources.size();
                sources.add(new Source(
                        name,
                        IMPORTS + "class " + name
                                + " {\n static InputStream open() { return InputStream.nullInputStream(); }\n"
                                + " static void start(Setup setup) throws Exception {\n" + text + "}}\n"));
            }
        }
        return sources;
    }

    @Test
    void theExamplesCompileAndWork() throws Exception {
        List<Source> sources = examples();
        assertThat(sources).hasSizeGreaterThan(9);

        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        List<String> options = List.of(
                "-d",
                classes.toString(),
                "--release",
                "17",
                "-cp",
                System.getProperty("java.class.path"),
                "-proc:none");
        List<JavaFileObject> units = new ArrayList<>(sources);
        boolean good =
                compiler.getTask(messages, null, null, options, null, units).call();
        assertThat(good).as(messages.toString()).isTrue();

        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
            Object test = loader.loadClass("HelloTest").getConstructor().newInstance();
            test.getClass().getMethod("greets").invoke(test);
        }
    }
}
