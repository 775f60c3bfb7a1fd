package dev.sluice.engine.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The table of media types says what mime-db says. Run with -Dsluice.write.docs=true to bring it up to date. */
class MediaTypeTableTest {
    private static final Path FILE = Path.of("src/main/resources/dev/sluice/engine/resource", MediaTypes.TABLE);
    private static final String WEBJAR = "org.webjars.npm/mime-db";

    private static InputStream open(String name) {
        return Objects.requireNonNull(MediaTypeTableTest.class.getResourceAsStream(name), name);
    }

    private static String version() throws IOException {
        Properties properties = new Properties();
        try (InputStream in = open("/META-INF/maven/" + WEBJAR + "/pom.properties")) {
            properties.load(in);
        }
        return properties.getProperty("version");
    }

    /** By extension; where several types have it, the first that is registered at IANA, or else the first. */
    private static String table() throws IOException {
        String version = version();
        JsonNode types;
        try (InputStream in = open("/META-INF/resources/webjars/mime-db/" + version + "/db.json")) {
            types = new ObjectMapper().readTree(in);
        }
        Map<String, String> byExtension = new TreeMap<>();
        Set<String> registered = new HashSet<>();
        for (Map.Entry<String, JsonNode> type : types.properties()) {
            boolean iana = type.getValue().path("source").asString("").equals("iana");
            for (JsonNode node : type.getValue().path("extensions")) {
                String extension = node.asString();
                if (!byExtension.containsKey(extension) || iana && !registered.contains(extension)) {
                    byExtension.put(extension, type.getKey());
                    if (iana) {
                        registered.add(extension);
                    }
                }
            }
        }
        StringBuilder table =
                new StringBuilder("# Media types by extension, from mime-db " + version + " (MIT licence).\n");
        byExtension.forEach((extension, type) ->
                table.append(extension).append(' ').append(type).append('\n'));
        return table.toString();
    }

    @Test
    void saysWhatMimeDbSays() throws Exception {
        if (Boolean.getBoolean("sluice.write.docs")) {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, table());
        }
        assertThat(Files.readString(FILE)).isEqualTo(table()).hasLineCount(table().split("\n").length);
    }

    @Test
    void isReadForUnusualExtensions() {
        assertThat(MediaTypes.ofFile("a.epub")).isEqualTo("application/epub+zip");
        assertThat(MediaTypes.ofFile("a.MKV")).isEqualTo("video/x-matroska");
        assertThat(MediaTypes.ofFile("a.nonsense")).isNull();
    }
}
