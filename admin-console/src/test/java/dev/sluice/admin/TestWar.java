package dev.sluice.admin;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A WAR in memory. */
final class TestWar {
    private static final String HEAD = "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.1\">";

    private final Map<String, byte[]> entries = new LinkedHashMap<>();
    private final StringBuilder descriptor = new StringBuilder(HEAD);

    /** Answers {@code index.html} with a text. */
    static TestWar saying(String text) {
        TestWar war = new TestWar();
        war.entries.put("index.html", text.getBytes(StandardCharsets.UTF_8));
        return war;
    }

    TestWar descriptor(String xml) {
        descriptor.append(xml);
        return this;
    }

    /** With a class of the tests. */
    TestWar with(Class<?> type) throws IOException {
        String name = type.getName().replace('.', '/') + ".class";
        try (InputStream in = type.getClassLoader().getResourceAsStream(name)) {
            entries.put("WEB-INF/classes/" + name, in.readAllBytes());
        }
        return this;
    }

    byte[] bytes() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("WEB-INF/web.xml"));
            zip.write((descriptor + "</web-app>").getBytes(StandardCharsets.UTF_8));
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return out.toByteArray();
    }
}
