package dev.sluice.war.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a check looked at, and what it did not.
 *
 * @param classes how many classes were read
 * @param methods how many methods they have
 * @param entries how many of the classes the container calls: servlets, filters, listeners, handlers, beans
 * @param read the libraries whose classes were read, the application's own among them
 * @param unread the libraries whose classes were not read
 * @param pages how many pages there are, which are compiled when they are asked for
 * @param started what running the application showed; empty if it was not started
 */
public record Looked(
        int classes,
        int methods,
        int entries,
        List<String> read,
        List<String> unread,
        int pages,
        List<String> started) {
    public Looked {
        read = List.copyOf(read);
        unread = List.copyOf(unread);
        started = List.copyOf(started);
    }

    /** One line for people. */
    String text() {
        StringBuilder text = new StringBuilder("looked at ")
                .append(count(classes, "class", "classes"))
                .append(", ")
                .append(count(methods, "method", "methods"))
                .append(", ")
                .append(count(entries, "entry point", "entry points"))
                .append(" of ")
                .append(read.isEmpty() ? "nothing" : String.join(", ", read));
        if (!unread.isEmpty()) {
            text.append("; not at ")
                    .append(count(unread.size(), "library", "libraries"))
                    .append(" (")
                    .append(String.join(", ", unread.subList(0, Math.min(5, unread.size()))))
                    .append(unread.size() > 5 ? ", ...)" : ")");
        }
        if (pages > 0) {
            text.append("; not at ").append(count(pages, "page", "pages"));
        }
        return text.toString();
    }

    static String count(int number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }

    Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("classes", classes);
        values.put("methods", methods);
        values.put("entries", entries);
        values.put("libraries", read);
        values.put("unread", unread);
        values.put("pages", pages);
        values.put("started", started);
        return values;
    }
}
