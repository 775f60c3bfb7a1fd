package dev.sluice.war.loading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.war.ArchiveFile;
import dev.sluice.war.LoadedWebApplication;
import dev.sluice.war.Loading;
import dev.sluice.war.Sources;
import java.sql.Driver;
import java.util.Collections;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An application sees itself, the JDK and the APIs; not another application, and not the container. */
class IsolationTest extends Loading {

    private static Map<String, byte[]> library(String version) {
        return Sources.compile(
                "package lib; public class Version { public static int calls; public static String of() { calls++; return \""
                        + version + "\"; } }");
    }

    private static ArchiveFile war(String version) {
        return ArchiveFile.empty()
                .webXml("")
                .library("lib.jar", ArchiveFile.empty().compiled("", library(version)));
    }

    private static Object call(ClassLoader loader, String type, String method) throws Exception {
        return loader.loadClass(type).getMethod(method).invoke(null);
    }

    @Test
    void twoApplicationsHaveTheirOwnVersionOfALibrary() throws Exception {
        try (LoadedWebApplication one = load(war("1.0"), "one.war");
                LoadedWebApplication two = load(war("2.0"), "two.war")) {
            assertThat(call(one.classLoader(), "lib.Version", "of")).isEqualTo("1.0");
            assertThat(call(two.classLoader(), "lib.Version", "of")).isEqualTo("2.0");
            Class<?> first = one.classLoader().loadClass("lib.Version");
            assertThat(first).isNotSameAs(two.classLoader().loadClass("lib.Version"));
            assertThat(first.getField("calls").getInt(null)).isEqualTo(1);
        }
    }

    @Test
    void anApplicationsCopyOfAContainerLibraryIsItsOwn() throws Exception {
        Map<String, byte[]> jandex = Sources.compile(
                "package org.jboss.jandex; public class Index { public static String of() { return \"mine\"; } }");
        try (LoadedWebApplication loaded = load(ArchiveFile.empty().webXml("").compiled("WEB-INF/classes/", jandex))) {
            assertThat(call(loaded.classLoader(), "org.jboss.jandex.Index", "of"))
                    .isEqualTo("mine");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.undertow.Undertow",
                "org.xnio.Xnio",
                "org.jboss.jandex.Index",
                "org.jboss.logging.Logger",
                "org.jboss.metadata.web.spec.WebMetaData",
                "dev.sluice.engine.descriptor.WebApplication",
                "dev.sluice.war.Archives",
                "dev.sluice.fork.package-info",
                "org.junit.jupiter.api.Test"
            })
    void classesAndResourcesOfTheContainerDoNotExist(String name) throws Exception {
        try (LoadedWebApplication loaded = load(ArchiveFile.empty().webXml(""))) {
            ClassLoader loader = loaded.classLoader();
            assertThatThrownBy(() -> loader.loadClass(name)).isInstanceOf(ClassNotFoundException.class);
            assertThat(loader.getResource(name.replace('.', '/') + ".class")).isNull();
            assertThat(Collections.list(loader.getResources(name.replace('.', '/') + ".class")))
                    .isEmpty();
            if (!name.endsWith("package-info")) {
                assertThat(getClass().getClassLoader().loadClass(name)).isNotNull();
            }
        }
    }

    @Test
    void servicesAndFilesOfTheContainerDoNotExist() throws Exception {
        String service = "META-INF/services/org.junit.platform.engine.TestEngine";
        try (LoadedWebApplication loaded = load(ArchiveFile.empty().webXml(""))) {
            assertThat(getClass().getClassLoader().getResource(service)).isNotNull();
            assertThat(loaded.classLoader().getResource(service)).isNull();
            assertThat(loaded.classLoader().getResource("META-INF/MANIFEST.MF")).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jakarta.servlet.Servlet",
                "jakarta.servlet.http.HttpServlet",
                "jakarta.annotation.PostConstruct",
                "java.sql.Connection",
                "javax.sql.DataSource",
                "org.w3c.dom.Document",
                "javax.tools.JavaCompiler",
                "com.sun.source.tree.Tree"
            })
    void theJdkAndTheApisAreSharedWithTheContainer(String name) throws Exception {
        try (LoadedWebApplication loaded = load(ArchiveFile.empty().webXml(""))) {
            assertThat(loaded.classLoader().loadClass(name))
                    .isSameAs(getClass().getClassLoader().loadClass(name));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jakarta.servlet.Servlet", "jakarta.annotation.PostConstruct", "javax.sql.DataSource"})
    void anApplicationCannotReplaceThem(String name) throws Exception {
        int dot = name.lastIndexOf('.');
        Map<String, byte[]> own = Sources.compile("package x; public class X {}");
        ArchiveFile war = ArchiveFile.empty()
                .webXml("")
                .bytes("WEB-INF/classes/" + name.replace('.', '/') + ".class", own.get("x.X"));
        try (LoadedWebApplication loaded = load(war)) {
            assertThat(loaded.classLoader().loadClass(name).getPackageName()).isEqualTo(name.substring(0, dot));
            assertThat(loaded.classLoader().loadClass(name).getClassLoader()).isNotSameAs(loaded.classLoader());
        }
    }

    @Test
    void anApiThatOnlyTheApplicationHasIsItsOwn() throws Exception {
        Map<String, byte[]> bean = Sources.compile(
                "package jakarta.annotation; public @interface ManagedBean {}".replace("@interface", "class"));
        try (LoadedWebApplication loaded = load(ArchiveFile.empty().webXml("").compiled("WEB-INF/classes/", bean))) {
            assertThat(loaded.classLoader()
                            .loadClass("jakarta.annotation.ManagedBean")
                            .getClassLoader())
                    .isSameAs(loaded.classLoader());
        }
    }

    @Test
    void aServletApiThatOnlyTheApplicationHasIsRefused() throws Exception {
        Map<String, byte[]> old = Sources.compile("package jakarta.servlet; public class SingleThreadModel {}");
        try (LoadedWebApplication loaded = load(ArchiveFile.empty().webXml("").compiled("WEB-INF/classes/", old))) {
            assertThatThrownBy(() -> loaded.classLoader().loadClass("jakarta.servlet.SingleThreadModel"))
                    .isInstanceOf(ClassNotFoundException.class);
        }
    }

    @Test
    void classesComeBeforeLibraries() throws Exception {
        ArchiveFile war = war("library").compiled("WEB-INF/classes/", library("classes"));
        try (LoadedWebApplication loaded = load(war)) {
            assertThat(call(loaded.classLoader(), "lib.Version", "of")).isEqualTo("classes");
        }
    }

    @Test
    void servicesOfTheApplicationAreFound() throws Exception {
        Map<String, byte[]> task =
                Sources.compile("package lib; public class Task implements Runnable { public void run() {} }");
        ArchiveFile war = ArchiveFile.empty()
                .webXml("")
                .library(
                        "task.jar",
                        ArchiveFile.empty()
                                .compiled("", task)
                                .text("META-INF/services/java.lang.Runnable", "lib.Task"));
        try (LoadedWebApplication loaded = load(war)) {
            assertThat(ServiceLoader.load(Runnable.class, loaded.classLoader()))
                    .extracting(found -> found.getClass().getName())
                    .containsExactly("lib.Task");
            assertThat(ServiceLoader.load(Driver.class, loaded.classLoader())).isEmpty();
        }
    }

    @Test
    void packagesHaveTheManifestAndClassesTheirSource() throws Exception {
        ArchiveFile jar = ArchiveFile.empty()
                .manifest("Implementation-Title: Lib", "Implementation-Version: 4.2")
                .compiled("", library("x"));
        try (LoadedWebApplication loaded = load(ArchiveFile.empty().webXml("").library("lib.jar", jar))) {
            Class<?> type = loaded.classLoader().loadClass("lib.Version");
            assertThat(type.getPackage().getImplementationVersion()).isEqualTo("4.2");
            assertThat(type.getProtectionDomain().getCodeSource().getLocation().getPath())
                    .endsWith("/lib.jar");
        }
    }
}
