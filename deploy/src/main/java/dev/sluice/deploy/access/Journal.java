package dev.sluice.deploy.access;

import dev.sluice.deploy.json.Json;
import dev.sluice.deploy.json.JsonReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Who changed what: one JSON object in a line, in a file that only its owner can read. When the file has reached its size it becomes the
 * older one, and the older one before goes, so the two are bounded. Safe for use by many threads; several processes may append.
 */
public final class Journal {
    private static final System.Logger LOG = System.getLogger(Journal.class.getName());
    private static final long SIZE = 1 << 20;
    private static final int LONGEST = 500;

    private final Path file;
    private final Path older;
    private final long size;
    private final Clock clock;

    /** The journal in a directory of the management. */
    public Journal(Path directory, Clock clock) {
        this(directory, SIZE, clock);
    }

    Journal(Path directory, long size, Clock clock) {
        this.file = directory.resolve("journal");
        this.older = directory.resolve("journal.older");
        this.size = size;
        this.clock = clock;
    }

    /**
     * One change, or an attempt at one.
     *
     * @param who as {@link Identity#name}
     * @param from the client's address, or {@code command line}
     * @param what the action, such as {@code deploy}
     * @param target what it was done to; empty for the server
     * @param outcome {@code done}, {@code begun}, or why it was not
     * @param request the id of the request; empty for none
     */
    public record Entry(String who, String from, String what, String target, String outcome, String request) {}

    /** Adds an entry. That it cannot be written keeps nobody from what they do; the log has the entry then. */
    public synchronized void add(Entry entry) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("at", clock.instant().toString());
        fields.put("who", bounded(entry.who()));
        fields.put("from", bounded(entry.from()));
        fields.put("what", bounded(entry.what()));
        fields.put("target", bounded(entry.target()));
        fields.put("outcome", bounded(entry.outcome()));
        fields.put("request", bounded(entry.request()));
        String line = Json.write(fields);
        try {
            OwnerOnly.directory(Objects.requireNonNull(file.toAbsolutePath().getParent(), "it lies in a directory"));
            if (Files.exists(file) && Files.size(file) >= size) {
                Files.move(file, older, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
            OwnerOnly.create(file);
            Files.writeString(file, line + "\n", StandardCharsets.UTF_8, StandardOpenOption.APPEND);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "the journal " + file + " cannot be written; the entry is " + line, e);
        }
    }

    private static String bounded(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }

    /** The entries, the newest first. */
    public synchronized List<Map<String, Object>> entries() throws IOException {
        List<Map<String, Object>> entries = new ArrayList<>();
        for (Path each : List.of(older, file)) {
            try {
                for (String line : Files.readAllLines(each)) {
                    entries.add(JsonReader.object(line));
                }
            } catch (NoSuchFileException e) {
                // there were no changes yet, or not so many
            } catch (IllegalArgumentException e) {
                throw new IOException(each + " has a line that is no entry: " + e.getMessage(), e);
            }
        }
        Collections.reverse(entries);
        return entries;
    }
}
