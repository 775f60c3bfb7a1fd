package dev.sluice.war.loading;

import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** The class files of an application, read from its directories and jars in their order. Safe for use by many threads. */
final class OwnClassFiles implements AutoCloseable {
    private final List<Path> classPath;
    private final List<JarFile> jars = new ArrayList<>(); // one for each of the class path that is a jar, in its order

    /**
     * A class file.
     *
     * @param source where it comes from, with its signers
     * @param manifest that of its jar
     * @param place the jar or the directory
     */
    record ClassFile(
            byte[] content, CodeSource source, @Nullable Manifest manifest, URL place) {}

    OwnClassFiles(List<Path> classPath) throws IOException {
        this.classPath = List.copyOf(classPath);
        try {
            for (Path each : classPath) {
                if (!Files.isDirectory(each)) {
                    jars.add(new JarFile(each.toFile(), true, ZipFile.OPEN_READ, JarFile.runtimeVersion()));
                }
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** The first with this name, as {@code java.net.URLClassLoader} finds it; null if there is none. */
    @Nullable
    ClassFile find(String className) throws IOException {
        String name = className.replace('.', '/') + ".class";
        int jar = 0;
        for (Path each : classPath) {
            ClassFile found = Files.isDirectory(each) ? inDirectory(each, name) : inJar(each, jars.get(jar++), name);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static @Nullable ClassFile inDirectory(Path directory, String name) throws IOException {
        Path file = directory.resolve(name);
        if (!Files.isRegularFile(file)) {
            return null;
        }
        URL place = url(directory);
        return new ClassFile(Files.readAllBytes(file), new CodeSource(place, (CodeSigner[]) null), null, place);
    }

    private static @Nullable ClassFile inJar(Path file, JarFile jar, String name) throws IOException {
        JarEntry entry = jar.getJarEntry(name);
        if (entry == null) {
            return null;
        }
        byte[] content;
        try (InputStream in = jar.getInputStream(entry)) {
            content = in.readAllBytes();
        }
        URL place = url(file);
        return new ClassFile(content, new CodeSource(place, entry.getCodeSigners()), jar.getManifest(), place);
    }

    private static URL url(Path path) throws MalformedURLException {
        return path.toUri().toURL();
    }

    @Override
    public void close() throws IOException {
        for (JarFile jar : jars) {
            jar.close();
        }
    }
}
