package dev.sluice.war.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a check looked at, and what it did not.
 *
 * @param classes how many classes of the application's own were read
 * @param methods how many methods they have
 * @param entries how many of the classes the container calls: servlets, filters, listeners, handlers, beans
 * @param libraryClasses how many classes of libraries were read
 * @param libraries how many libraries were read
 * @param unread the libraries whose classes were not read
 * @param pages how many pages there are, which are compiled when they are asked for
 */
public record Looked(
        int classes, int methods, int entries, int libraryClasses, int libraries, List<String> unread, int pages) {
    public Looked {
        unread = List.copyOf(unread);
    }

    /** One line for people. */
    String text() {
        StringBuilder text = new StringBuilder("looked at ")
                .append(count(classes, "class", "classes"))
                .append(" of its own with ")
                .append(count(methods, "method", "methods"))
                .append(" and ")
                .append(count(entries, "entry point", "entry points"));
        if (libraries > 0) {
            text.append(", and in outline at ")
                    .append(count(libraryClasses, "class", "classes"))
                    .append(" of ")
                    .append(count(libraries, "library", "libraries"));
        }
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
        values.put("libraryClasses", libraryClasses);
        values.put("libraries", libraries);
        values.put("unread", unread);
        values.put("pages", pages);
        return values;
    }
}
