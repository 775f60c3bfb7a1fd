package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The demo of asynchronous REST calls, unpacked. It has the address of its API as a constant of a class in a jar; a copy of
 * this class with another address goes to WEB-INF/classes, which comes before WEB-INF/lib (Servlet 6.1, 10.5).
 */
final class AsyncRestArchive {
    private static final String API = "https://open.api.ebay.com/shopping?MaxEntries=3&appid=";
    private static final String CLASS = "org/eclipse/jetty/demos/AbstractRestServlet.class";

    private AsyncRestArchive() {}

    static Path callingItsApiAt(Path war, Path directory, int port) throws IOException {
        try (InputStream in = Files.newInputStream(war)) {
            unpack(in, directory);
        }
        Path unpackedJar = directory.resolveSibling("demo-async-rest-jar");
        try (InputStream in = Files.newInputStream(directory.resolve("WEB-INF/lib/demo-async-rest-jar-11.0.18.jar"))) {
            unpack(in, unpackedJar);
        }
        byte[] changed = withAddress(
                Files.readAllBytes(unpackedJar.resolve(CLASS)), "http://127.0.0.1:" + port + "/shopping?appid=");
        Path target = directory.resolve("WEB-INF/classes").resolve(CLASS);
        Files.createDirectories(target.getParent());
        Files.write(target, changed);
        return directory;
    }

    private static void unpack(InputStream archive, Path directory) throws IOException {
        ZipInputStream zip = new ZipInputStream(archive);
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            Path target = directory.resolve(entry.getName()).normalize();
            assertThat(target.startsWith(directory))
                    .as("%s stays inside", target)
                    .isTrue();
            if (entry.isDirectory()) {
                Files.createDirectories(target);
            } else {
                Files.createDirectories(target.getParent());
                Files.copy(zip, target);
            }
        }
    }

    /** A class file has no offsets into its constant pool, so a constant may change its length, which is before it. */
    private static byte[] withAddress(byte[] classFile, String address) {
        String content = new String(classFile, StandardCharsets.ISO_8859_1);
        int start = content.indexOf(API);
        assertThat(start).as("where the address of the API is in the class").isPositive();
        int length = content.charAt(start - 2) << 8 | content.charAt(start - 1);
        String constant = address + content.substring(start + API.length(), start + length);
        String changed = content.substring(0, start - 2)
                + (char) (constant.length() >> 8)
                + (char) (constant.length() & 0xff)
                + constant
                + content.substring(start + length);
        return changed.getBytes(StandardCharsets.ISO_8859_1);
    }
}
