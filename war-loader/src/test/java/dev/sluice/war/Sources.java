package dev.sluice.war;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles sources in memory with debug information, so that tests can make two versions of one class. */
public final class Sources {
    private Sources() {}

    /** Compiles classes; each source's class name is read from its text. */
    public static Map<String, byte[]> compile(String... sources) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        Map<String, ByteArrayOutputStream> output = new HashMap<>();
        JavaFileManager files = new Memory(compiler.getStandardFileManager(problems, null, null), output);
        List<JavaFileObject> units = Stream.of(sources)
                .map(Source::new)
                .map(JavaFileObject.class::cast)
                .toList();
        boolean done = compiler.getTask(null, files, problems, List.of("-g", "--release", "17"), null, units)
                .call();
        if (!done) {
            throw new IllegalArgumentException(problems.getDiagnostics().stream()
                    .filter(problem -> problem.getKind() == Diagnostic.Kind.ERROR)
                    .toList()
                    .toString());
        }
        Map<String, byte[]> classes = new HashMap<>();
        output.forEach((name, code) -> classes.put(name, code.toByteArray()));
        return classes;
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String text) {
            super(URI.create("memory:///" + name(text) + ".java"), Kind.SOURCE);
            this.text = text;
        }

        private static String name(String text) {
            return text.replaceAll("(?s).*?\\b(?:class|interface|record|enum)\\s+(\\w+).*", "$1");
        }

        @Override
        public CharSequence getCharContent(boolean ignoreErrors) {
            return text;
        }
    }

    private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> output;

        Memory(JavaFileManager files, Map<String, ByteArrayOutputStream> output) {
            super(files);
            this.output = output;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("memory:///" + className + ".class"), kind) {
                @Override
                public OutputStream openOutputStream() {
                    ByteArrayOutputStream code = new ByteArrayOutputStream();
                    output.put(className, code);
                    return code;
                }
            };
        }
    }
}
