package dev.sluice.war.resource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** META-INF/resources of one jar: the open zip, and the children of every directory in it. */
final class JarFolder implements AutoCloseable {
    private static final String ROOT = "META-INF/resources";

    private final Path jar;
    private final ZipFile zip;
    private final Map<String, Set<String>> directories;

    private JarFolder(Path jar, ZipFile zip, Map<String, Set<String>> directories) {
        this.jar = jar;
        this.zip = zip;
        this.directories = directories;
    }

    /** Opens a jar; null if it has no META-INF/resources. */
    static @Nullable JarFolder open(Path jar) throws IOException {
        ZipFile zip = new ZipFile(jar.toFile());
        Map<String, Set<String>> directories = new LinkedHashMap<>();
        Enumeration<? extends ZipEntry> entries = zip.entries();
        while (entries.hasMoreElements()) {
            String name = entries.nextElement().getName();
            if (name.startsWith(ROOT + "/")) {
                add(directories, name.substring(ROOT.length()));
            }
        }
        if (directories.isEmpty()) {
            zip.close();
            return null;
        }
        return new JarFolder(jar, zip, directories);
    }

    private static void add(Map<String, Set<String>> directories, String path) {
        directories.computeIfAbsent("/", key -> new TreeSet<>());
        int from = 1;
        for (int slash = path.indexOf('/', from); slash >= 0; slash = path.indexOf('/', from)) {
            child(directories, path.substring(0, from - 1), path.substring(0, slash + 1));
            directories.computeIfAbsent(path.substring(0, slash), key -> new TreeSet<>());
            from = slash + 1;
        }
        if (from < path.length()) {
            child(directories, path.substring(0, from - 1), path);
        }
    }

    private static void child(Map<String, Set<String>> directories, String parent, String child) {
        directories
                .computeIfAbsent(parent.isEmpty() ? "/" : parent, key -> new TreeSet<>())
                .add(child);
    }

    @Nullable
    JarResource find(String path) {
        if (directories.containsKey(path)) {
            return new JarResource(path, jar, zip, ROOT + (path.equals("/") ? "/" : path + "/"), null);
        }
        ZipEntry entry = zip.getEntry(ROOT + path);
        return entry == null || entry.isDirectory() ? null : new JarResource(path, jar, zip, entry.getName(), entry);
    }

    Set<String> list(String path) {
        return directories.getOrDefault(path, Set.of());
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
