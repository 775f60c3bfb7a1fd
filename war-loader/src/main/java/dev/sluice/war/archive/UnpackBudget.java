package dev.sluice.war.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * What one archive has used of its {@link ArchiveLimits} so far, its jars included. One thread.
 */
final class UnpackBudget {
    /** A file is written in blocks of this size, whatever its decompression yields at a time: see {@link #copy}. */
    private static final int BLOCK = 256 * 1024;

    private static final int LOCAL_HEADER = 30; // PKWARE APPNOTE.TXT, 4.3.7

    private final String archive;
    private final ArchiveLimits limits;
    private final byte[] buffer = new byte[BLOCK];
    private long bytes;
    private long entries;

    UnpackBudget(Path archive, ArchiveLimits limits) {
        this.archive = archive.toString();
        this.limits = limits;
    }

    /**
     * Looks at what a zip says of itself, before anything of it is unpacked.
     *
     * @param place where in the archive the zip is; empty for the archive itself
     */
    void admit(ZipFile zip, Path file, String place) throws ArchiveException, IOException {
        entries(zip.size());
        long packed = 0;
        long declared = 0;
        Enumeration<? extends ZipEntry> all = zip.entries();
        while (all.hasMoreElements()) {
            ZipEntry entry = all.nextElement();
            packed += LOCAL_HEADER + Math.max(0, entry.getCompressedSize());
            declared += Math.max(0, entry.getSize());
        }
        long length = Files.size(file);
        if (packed > length) {
            throw refused(
                    place,
                    "has entries that overlap: they take " + packed + " bytes of a file of " + length
                            + " (expected: each byte in at most one entry; build the archive again)");
        }
        if (declared > limits.unpacked() - bytes) {
            throw tooLarge(place, declared + " bytes by its own account");
        }
    }

    /** One more directory is made that no entry stands for. */
    void directory() throws ArchiveException {
        entries(1);
    }

    private void entries(int count) throws ArchiveException {
        entries += count;
        if (entries > limits.entries()) {
            throw ArchiveException.of(
                    archive,
                    "has " + entries + " files and directories with those of its jars (expected: at most "
                            + limits.entries() + "; if it is meant to, raise limits.archive-entries)");
        }
    }

    /**
     * Unpacks one entry, counting. The target gets full blocks, the last one excepted: the kernel keeps what is written at once in large
     * folios, and sending the file from those costs less than page by page.
     */
    void copy(ZipFile zip, String place, ZipEntry entry, OutputStream target) throws ArchiveException, IOException {
        long packed = Math.max(1, entry.getCompressedSize());
        long most = Math.max(ArchiveLimits.SMALL, packed * limits.ratio());
        long count = 0;
        try (InputStream in = zip.getInputStream(entry)) {
            for (int n = fill(in); n > 0; n = fill(in)) {
                count += n;
                bytes += n;
                if (count > most) {
                    throw refused(
                            place,
                            "packs the entry '" + entry.getName() + "' to " + packed
                                    + " bytes, which unpack to more than " + limits.ratio()
                                    + " times as much (expected: at most "
                                    + limits.ratio() + " times; if it is meant to, raise limits.archive-ratio)");
                }
                if (bytes > limits.unpacked()) {
                    throw tooLarge(place, "more, at the entry '" + entry.getName() + "'");
                }
                target.write(buffer, 0, n);
            }
        }
        if (entry.getSize() >= 0 && count != entry.getSize()) {
            throw refused(
                    place,
                    "says that the entry '" + entry.getName() + "' has " + entry.getSize() + " bytes, and it has "
                            + count + " (expected: the same; build the archive again)");
        }
    }

    private int fill(InputStream in) throws IOException {
        return in.readNBytes(buffer, 0, buffer.length);
    }

    /** Counts what a jar unpacks to that is read where it is. */
    void count(Path jar, String place) throws ArchiveException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            admit(zip, jar, place);
            Enumeration<? extends ZipEntry> all = zip.entries();
            while (all.hasMoreElements()) {
                copy(zip, place, all.nextElement(), OutputStream.nullOutputStream());
            }
        } catch (ZipException e) {
            throw refused(place, "is not a complete jar (" + e.getMessage() + "); replace it");
        } catch (IOException e) {
            throw ArchiveException.of(jar.toString(), "cannot be read: " + e, e);
        }
    }

    private ArchiveException tooLarge(String place, String what) {
        return refused(
                place,
                "unpacks to " + what + " (expected: at most " + limits.unpacked()
                        + " bytes for an archive with all its jars; if it is meant to be so large, raise limits.archive-size)");
    }

    private ArchiveException refused(String place, String problem) {
        return ArchiveException.of(archive, place.isEmpty() ? problem : "its jar " + place + " " + problem);
    }
}
