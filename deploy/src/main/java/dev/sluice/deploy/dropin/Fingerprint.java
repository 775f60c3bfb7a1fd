package dev.sluice.deploy.dropin;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;

/**
 * By what a change is noticed, without reading the content.
 *
 * @param size bytes of an archive; how many files count for a directory
 * @param modified the latest modification
 * @param digest of names, sizes and times of the files that count for a directory
 */
record Fingerprint(long size, Instant modified, long digest) {

    /**
     * An archive counts as a whole. Of an exploded directory only WEB-INF and META-INF count: everything else is served from where it
     * lies and may change at any time.
     */
    static Fingerprint of(Path path) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        if (!attributes.isDirectory()) {
            return new Fingerprint(
                    attributes.size(), attributes.lastModifiedTime().toInstant(), fileKey(attributes));
        }
        Sum sum = new Sum(path);
        for (String counted : new String[] {"WEB-INF", "META-INF"}) {
            Path directory = path.resolve(counted);
            if (Files.isDirectory(directory)) {
                Files.walkFileTree(directory, sum);
            }
        }
        return new Fingerprint(sum.files, sum.latest, sum.digest);
    }

    /** A file that was replaced by another of the same size and time is another file (inode). */
    private static long fileKey(BasicFileAttributes attributes) {
        return attributes.fileKey() == null ? 0 : attributes.fileKey().hashCode();
    }

    private static final class Sum extends SimpleFileVisitor<Path> {
        private final Path root;
        private long files;
        private long digest;
        private Instant latest = Instant.EPOCH;

        Sum(Path root) {
            this.root = root;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            files++;
            Instant modified = attributes.lastModifiedTime().toInstant();
            if (modified.isAfter(latest)) {
                latest = modified;
            }
            long one = root.relativize(file).toString().hashCode();
            one = one * 0x9e3779b97f4a7c15L + attributes.size();
            one = one * 0x9e3779b97f4a7c15L + attributes.lastModifiedTime().toMillis();
            digest += one ^ one >>> 29; // a sum, because the order of a directory is not defined
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE; // removed while we looked
            }
            throw failure;
        }
    }
}
