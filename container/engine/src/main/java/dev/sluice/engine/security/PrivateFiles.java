package dev.sluice.engine.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;

/** Files with secrets, which only their owner and group should read. */
public final class PrivateFiles {
    private static final System.Logger LOG = System.getLogger("dev.sluice.security");

    private PrivateFiles() {}

    /**
     * Warns about a file that every user of the machine can read or write; silent where files have no such permissions.
     *
     * @param what the file, as the warning calls it
     */
    public static void warnIfOthersRead(Path file, String what) {
        try {
            PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
            if (view == null || !Files.exists(file)) {
                return;
            }
            var permissions = view.readAttributes().permissions();
            if (permissions.contains(PosixFilePermission.OTHERS_READ)
                    || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        what + " " + file
                                + " can be read or written by every user of this machine (expected: by its owner only;"
                                + " chmod 600)");
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "the permissions of " + what + " " + file + " cannot be read", e);
        }
    }
}
