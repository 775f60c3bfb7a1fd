package dev.sluice.war.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/** Finds the application class of a handler jar or of a directory of its classes. */
final class Handlers {
    /** Where a handler jar keeps the jars it needs. */
    static final String NESTED = "META-INF/lib/";

    private static final String ATTRIBUTE = "Sluice-Application";
    private static final String SERVICE = "META-INF/services/dev.sluice.api.HandlerApplication";

    private Handlers() {}

    static @Nullable String applicationClass(Archive archive) throws ArchiveException {
        try {
            Path jar = archive.jar();
            String found = jar == null ? inDirectory(archive.root()) : inJar(jar);
            if (found == null && jar != null && isSpringBoot(jar)) {
                throw ArchiveException.of(
                        archive.source().toString(),
                        "is an executable jar of Spring Boot, which brings its own server (expected: the WAR of the same"
                                + " application: packaging war, a SpringBootServletInitializer, and the embedded server in scope"
                                + " provided; or start this one with java -jar)");
            }
            if (found == null && jar != null) {
                throw ArchiveException.of(
                        archive.source().toString(),
                        "is neither a web application (expected: a directory WEB-INF, or a name that ends with .war) nor a handler"
                                + " application (expected: the manifest attribute " + ATTRIBUTE + " or the file "
                                + SERVICE
                                + " with the name of a class that implements dev.sluice.api.HandlerApplication)");
            }
            return found;
        } catch (IOException e) {
            throw ArchiveException.of(archive.source().toString(), "cannot be read: " + e, e);
        }
    }

    private static @Nullable String inJar(Path jar) throws IOException, ArchiveException {
        try (JarFile file = new JarFile(jar.toFile())) {
            String named = attribute(file.getManifest());
            ZipEntry service = file.getEntry(SERVICE);
            if (named != null || service == null) {
                return named;
            }
            try (InputStream in = file.getInputStream(service)) {
                return single(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
    }

    private static boolean isSpringBoot(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.getEntry("BOOT-INF/") != null
                    || file.getManifest() != null
                            && file.getManifest().getMainAttributes().getValue("Spring-Boot-Version") != null;
        }
    }

    private static @Nullable String inDirectory(Path root) throws IOException, ArchiveException {
        if (Files.isDirectory(root.resolve("WEB-INF"))) {
            return null;
        }
        Path manifest = root.resolve(JarFile.MANIFEST_NAME);
        if (Files.isRegularFile(manifest)) {
            try (InputStream in = Files.newInputStream(manifest)) {
                String named = attribute(new Manifest(in));
                if (named != null) {
                    return named;
                }
            }
        }
        Path service = root.resolve(SERVICE);
        return Files.isRegularFile(service) ? single(Files.readString(service)) : null;
    }

    private static @Nullable String attribute(@Nullable Manifest manifest) {
        String value = manifest == null ? null : manifest.getMainAttributes().getValue(ATTRIBUTE);
        return value == null || value.isBlank() ? null : value.trim();
    }

    private static String single(String text) throws ArchiveException {
        List<String> names = Services.parse(text);
        if (names.size() != 1) {
            throw ArchiveException.of(
                    SERVICE,
                    "names " + names.size() + " classes " + names + " (expected: exactly one handler application)");
        }
        return names.get(0);
    }
}
