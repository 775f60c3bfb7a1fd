package dev.sluice.transport.uring;

import dev.sluice.transport.Availability;
import io.netty.channel.uring.IoUring;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds out whether io_uring works here, and says in an operator's words why not. */
final class UringAvailability {
    private static final Path DISABLED = Path.of("/proc/sys/kernel/io_uring_disabled");
    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+).*");
    private static final int LEAST_MAJOR = 6;
    private static final int LEAST_MINOR = 1;

    private UringAvailability() {}

    static Availability probe() {
        String system = System.getProperty("os.name", "");
        if (!system.toLowerCase(Locale.ROOT).contains("linux")) {
            return Availability.no("io_uring is a feature of Linux and this is " + system);
        }
        String kernel = System.getProperty("os.version", "");
        if (!isRecent(kernel)) {
            return Availability.no("the kernel is " + kernel + " and 6.1 or newer is needed");
        }
        try {
            return IoUring.isAvailable() ? Availability.yes() : Availability.no(cause(IoUring.unavailabilityCause()));
        } catch (LinkageError e) {
            return Availability.no(cause(e));
        }
    }

    static boolean isRecent(String kernel) {
        Matcher version = VERSION.matcher(kernel);
        if (!version.matches()) {
            return false;
        }
        int major = Integer.parseInt(version.group(1));
        return major > LEAST_MAJOR || (major == LEAST_MAJOR && Integer.parseInt(version.group(2)) >= LEAST_MINOR);
    }

    /** The cause of a failure to create a ring, with what to do about it. */
    static String cause(Throwable failure) {
        String text = texts(failure);
        String lower = text.toLowerCase(Locale.ROOT);
        String disabled = disabled();
        if (!disabled.isEmpty() && !disabled.equals("0")) {
            return "kernel.io_uring_disabled is " + disabled + " (expected: 0); set it with sysctl";
        }
        if (lower.contains("not permitted") || lower.contains("permission denied")) {
            return "the kernel forbids io_uring_setup to this process, as a seccomp filter does (Docker's default profile, for one);"
                    + " allow io_uring_setup, io_uring_enter and io_uring_register (" + text + ")";
        }
        if (lower.contains("cannot allocate memory")) {
            return "locked memory is limited too much for the rings; raise it with ulimit -l (" + text + ")";
        }
        if (lower.contains("too many open files")) {
            return "the limit of open files is reached; raise it with ulimit -n (" + text + ")";
        }
        if (lower.contains("function not implemented")) {
            return "the kernel was built without io_uring, or a filter hides it (" + text + ")";
        }
        if (failureIs(failure, LinkageError.class) || lower.contains("nonative") || lower.contains("library")) {
            return "the native library does not load on " + System.getProperty("os.arch") + " (" + text + ")";
        }
        return text;
    }

    private static String disabled() {
        try {
            return Files.isReadable(DISABLED) ? Files.readString(DISABLED).trim() : "";
        } catch (IOException e) {
            return "";
        }
    }

    private static boolean failureIs(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (type.isInstance(at)) {
                return true;
            }
        }
        return false;
    }

    private static String texts(Throwable failure) {
        StringBuilder text = new StringBuilder();
        for (Throwable at = failure; at != null; at = at.getCause()) {
            String message = String.valueOf(at.getMessage()).lines().findFirst().orElse("");
            if (text.indexOf(message) < 0) {
                text.append(text.isEmpty() ? "" : ": ").append(message);
            }
        }
        return text.isEmpty() ? failure.getClass().getName() : text.toString();
    }
}
