package dev.sluice.engine.servlet;

import dev.sluice.engine.resource.WebResource;
import dev.sluice.engine.resource.WebResources;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Files of an application in memory: path to text; directories follow from them. */
record TestResources(Map<String, String> files) implements WebResources {

    TestResources {
        files = new TreeMap<>(files);
    }

    @Override
    public @Nullable WebResource find(String path) {
        if (files.containsKey(path)) {
            return new Entry(path, files.get(path), false);
        }
        String directory = path.endsWith("/") ? path : path + "/";
        boolean exists = files.keySet().stream().anyMatch(file -> file.startsWith(directory));
        return exists || path.equals("/") ? new Entry(path, "", true) : null;
    }

    @Override
    public Set<String> list(String path) {
        String directory = path.endsWith("/") ? path : path + "/";
        Set<String> children = new TreeSet<>();
        for (String file : files.keySet()) {
            if (file.startsWith(directory)) {
                int slash = file.indexOf('/', directory.length());
                children.add(slash < 0 ? file : file.substring(0, slash + 1));
            }
        }
        return children;
    }

    @Override
    public void close() {}

    private record Entry(String path, String text, boolean directory) implements WebResource {
        @Override
        public long size() {
            return text.getBytes(StandardCharsets.UTF_8).length;
        }

        @Override
        public Instant lastModified() {
            return Instant.EPOCH.plusSeconds(1_000_000);
        }

        @Override
        public String entityTag() {
            return Integer.toHexString(text.hashCode());
        }

        @Override
        public @Nullable Path file() {
            return null;
        }

        @Override
        public URL url() {
            try {
                return URI.create("file:///test" + path).toURL();
            } catch (MalformedURLException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
