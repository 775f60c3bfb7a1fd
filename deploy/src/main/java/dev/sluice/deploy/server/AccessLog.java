package dev.sluice.deploy.server;

import dev.sluice.deploy.configuration.Configuration;
import dev.sluice.deploy.configuration.Keys;
import dev.sluice.deploy.log.AccessFormat;
import dev.sluice.deploy.log.AsynchronousLog;
import dev.sluice.engine.gate.Gate;
import dev.sluice.engine.observe.CompletedRequest;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** The access log of a server, if it is configured. */
final class AccessLog {
    private final Configuration configuration;
    private final Installation installation;
    private volatile @Nullable AsynchronousLog<CompletedRequest> log;

    AccessLog(Configuration configuration, Installation installation) {
        this.configuration = configuration;
        this.installation = installation;
    }

    void open(Gate gate) throws IOException {
        String format = configuration.value(Keys.ACCESS_LOG_FORMAT);
        if (format.equals("off")) {
            return;
        }
        AsynchronousLog<CompletedRequest> opened = new AsynchronousLog<>(
                "sluice-access-log",
                configuration.value(Keys.ACCESS_LOG_QUEUE),
                AccessFormat.of(format, ZoneId.systemDefault()),
                writer());
        log = opened;
        gate.observe(opened::add);
    }

    /** Writes to the file of this name from now on, whatever has become of the one that was opened. */
    void reopen() {
        AsynchronousLog<CompletedRequest> opened = log;
        if (opened != null) {
            opened.reopen(this::writer);
        }
    }

    private Writer writer() throws IOException {
        String file = configuration.value(Keys.ACCESS_LOG_FILE);
        if (file.equals("-")) {
            return new OutputStreamWriter(new FileOutputStream(FileDescriptor.out), StandardCharsets.UTF_8);
        }
        Path path = installation.resolve(file);
        try {
            Path directory = path.getParent();
            if (directory != null) {
                Files.createDirectories(directory);
            }
            return Files.newBufferedWriter(
                    path, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new IOException(
                    path + " cannot be written: " + e
                            + " (expected: a writable file; set access-log.file to another one)",
                    e);
        }
    }

    void close() throws IOException {
        AsynchronousLog<CompletedRequest> opened = log;
        if (opened != null) {
            opened.close();
        }
    }

    long dropped() {
        AsynchronousLog<CompletedRequest> opened = log;
        return opened == null ? 0 : opened.dropped();
    }
}
