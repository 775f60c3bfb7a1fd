package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

/**
 * What docs/handlers.md tells a newcomer: the command that installs the API, the Maven project that depends on it and its class, all read from the
 * page. The command runs on a copy of what it needs of the sources and on a repository of its own, where all but Sluice is the user's.
 */
class PublishedApiIT {
    private static final Path SOURCES = Path.of("../..").toAbsolutePath().normalize();
    private static final String IMPORTS = "package com.example;\n\nimport dev.sluice.api.*;\n\n";

    @TempDir
    Path directory;

    private final List<Path> links = new ArrayList<>();

    @AfterEach
    void unlink() throws IOException {
        for (Path link : links) {
            Files.delete(link);
        }
    }

    @Test
    void installsAndAProjectBuildsAgainstIt() throws Exception {
        String page = Files.readString(SOURCES.resolve("docs/handlers.md"));
        Path repository = repository();
        Path sources = copyOfSources();
        List<String> install =
                new ArrayList<>(List.of(find("`mvn (-Ppublish [^`]+)`", page).split("\\s+")));
        install.addAll(List.of("-Dspotless.check.skip", "-Dcheckstyle.skip"));
        maven(sources, repository, install);
        checkArtifacts(repository.resolve("dev/sluice"));

        Path project = Files.createDirectories(directory.resolve("project"));
        Files.writeString(project.resolve("pom.xml"), find("(?s)```xml\\n(<project.*?)```", page));
        Path classes = Files.createDirectories(project.resolve("src/main/java/com/example"));
        Files.writeString(
                classes.resolve("Hello.java"), IMPORTS + find("(?s)```java\\n(public final class Hello .*?)```", page));
        Files.writeString(
                classes.resolve("HelloTest.java"),
                IMPORTS + "import dev.sluice.api.testing.*;\n\n"
                        + find("(?s)```java\\n(public final class HelloTest .*?)```", page));
        maven(project, repository, List.of("package"));
        greets(project.resolve("target/classes"), repository.resolve("dev/sluice"));

        Path jar = Files.copy(project.resolve("target/hello-1.0.jar"), directory.resolve("hello.jar"));
        try (SluiceProcess sluice = SluiceProcess.run(directory, jar)) {
            assertThat(sluice.get("/hello/").body()).isEqualTo("Hello\n");
            assertThat(sluice.get("/hello/hello/you").body()).isEqualTo("Hello you\n");
        }
    }

    /** The project's test of its application, which needs nothing but the API. */
    private static void greets(Path classes, Path group) throws Exception {
        Path api = group.resolve("sluice-handler-api");
        String version = only(api);
        URL[] path = {
            classes.toUri().toURL(),
            api.resolve(version)
                    .resolve("sluice-handler-api-" + version + ".jar")
                    .toUri()
                    .toURL()
        };
        try (URLClassLoader loader = new URLClassLoader(path, ClassLoader.getPlatformClassLoader())) {
            Class<?> test = loader.loadClass("com.example.HelloTest");
            test.getMethod("greets").invoke(test.getConstructor().newInstance());
        }
    }

    private static String find(String pattern, String text) {
        Matcher found = Pattern.compile(pattern).matcher(text);
        assertThat(found.find()).as("docs/handlers.md has " + pattern).isTrue();
        return found.group(1);
    }

    // ---- what is installed

    private static void checkArtifacts(Path group) throws Exception {
        String version = only(group.resolve("sluice-handler-api"));
        Path api = group.resolve("sluice-handler-api").resolve(version);
        String name = "sluice-handler-api-" + version;
        assertThat(entries(api.resolve(name + ".jar")))
                .contains("dev/sluice/api/HandlerApplication.class", "dev/sluice/api/testing/package-info.class");
        assertThat(entries(api.resolve(name + "-sources.jar")))
                .contains("dev/sluice/api/HandlerApplication.java", "dev/sluice/api/testing/package-info.java");
        assertThat(entries(api.resolve(name + "-javadoc.jar")))
                .contains(
                        "index.html",
                        "dev/sluice/api/HandlerApplication.html",
                        "dev/sluice/api/testing/package-summary.html");
        // The API has what its parent says, which is installed beside it.
        checkMetadata(pom(group, "sluice-parent"));
        checkMetadata(pom(group, "sluice-bom"));
        Document own = pom(group, "sluice-handler-api");
        assertThat(text(own, "/project/parent/artifactId")).isEqualTo("sluice-parent");
        assertThat(text(own, "/project/name")).isNotBlank();
        assertThat(text(own, "/project/description")).isNotBlank();
        assertThat(text(own, "/project/dependencies")).as("dependencies").isEmpty();
    }

    private static void checkMetadata(Document pom) throws Exception {
        for (String path : List.of(
                "name",
                "description",
                "url",
                "licenses/license/name",
                "licenses/license/url",
                "developers/developer/name",
                "scm/connection",
                "scm/developerConnection",
                "scm/url")) {
            assertThat(text(pom, "/project/" + path)).as(path).isNotBlank();
        }
    }

    private static Document pom(Path group, String artifact) throws Exception {
        Path versions = group.resolve(artifact);
        String version = only(versions);
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(versions.resolve(version)
                        .resolve(artifact + "-" + version + ".pom")
                        .toFile());
    }

    private static String text(Document pom, String path) throws Exception {
        XPath paths = XPathFactory.newInstance().newXPath();
        return paths.evaluate(path, pom).strip();
    }

    /** The one version of an artifact. */
    private static String only(Path artifact) throws IOException {
        try (Stream<Path> all = Files.list(artifact)) {
            List<Path> versions = all.filter(Files::isDirectory).toList();
            assertThat(versions).hasSize(1);
            return versions.get(0).getFileName().toString();
        }
    }

    private static Set<String> entries(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.stream().map(ZipEntry::getName).collect(Collectors.toSet());
        }
    }

    // ---- Maven

    private void maven(Path project, Path repository, List<String> arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("maven.home"), "bin", "mvn").toString(),
                "-q",
                "-B",
                "-Dmaven.repo.local=" + repository));
        command.addAll(arguments);
        Path output = directory.resolve("maven.log");
        Process maven = new ProcessBuilder(command)
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(maven.waitFor())
                    .as(() -> String.join(" ", command) + ":\n" + read(output))
                    .isZero();
        } finally {
            maven.destroyForcibly();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** The user's repository by links, so that plugins are not fetched again, without anything of Sluice. */
    private Path repository() throws IOException {
        Path own = Files.createDirectories(directory.resolve("repository/dev"));
        Path users = Path.of(System.getProperty("maven.repository"));
        link(users, own.getParent(), "dev");
        link(users.resolve("dev"), own, "sluice");
        return own.getParent();
    }

    private void link(Path from, Path to, String but) throws IOException {
        if (Files.isDirectory(from)) {
            try (Stream<Path> all = Files.list(from)) {
                for (Path each : all.filter(path -> Files.isDirectory(path)
                                && !path.getFileName().toString().equals(but))
                        .toList()) {
                    links.add(Files.createSymbolicLink(to.resolve(each.getFileName()), each));
                }
            }
        }
    }

    /** Every pom, for the parent lists all modules, and the sources of the API. */
    private Path copyOfSources() throws IOException {
        Path copy = directory.resolve("sources");
        String parent = Files.readString(SOURCES.resolve("pom.xml"));
        copy(copy, Path.of("pom.xml"));
        copy(copy, Path.of(".mvn", "jvm.config"));
        Matcher modules = Pattern.compile("<module>(.*?)</module>").matcher(parent);
        while (modules.find()) {
            copy(copy, Path.of(modules.group(1), "pom.xml"));
        }
        try (Stream<Path> all = Files.walk(SOURCES.resolve("container/handler-api/src/main"))) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                copy(copy, SOURCES.relativize(file));
            }
        }
        return copy;
    }

    private static void copy(Path to, Path file) throws IOException {
        Path target = to.resolve(file);
        Files.createDirectories(target.getParent());
        Files.copy(SOURCES.resolve(file), target);
    }
}
