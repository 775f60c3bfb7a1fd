package dev.sluice.deploy.log;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

/** Stack traces as text, as the JDK writes them, but of bounded length: a stack overflow has a thousand frames that all say the same. */
final class StackTraces {
    /** Enough for a deep stack of a framework. */
    private static final int MOST_LINES = 200;
    /** The frames at which the stack began, which say who called. */
    private static final int LAST_LINES = 40;

    private StackTraces() {}

    static String text(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        List<String> lines = folded(text.toString().stripTrailing().lines().toList());
        if (lines.size() > MOST_LINES) {
            int left = lines.size() - MOST_LINES;
            List<String> shortened = new ArrayList<>(lines.subList(0, MOST_LINES - LAST_LINES));
            shortened.add("\t... " + left + " lines left out");
            shortened.addAll(lines.subList(lines.size() - LAST_LINES, lines.size()));
            lines = shortened;
        }
        return String.join("\n", lines);
    }

    /** A group of up to eight lines that follows itself is written once. */
    private static List<String> folded(List<String> lines) {
        List<String> all = new ArrayList<>();
        for (int at = 0; at < lines.size(); ) {
            int length = repeatedAt(lines, at);
            if (length == 0) {
                all.add(lines.get(at++));
                continue;
            }
            List<String> group = lines.subList(at, at + length);
            int times = 1;
            while (at + (times + 1) * length <= lines.size()
                    && lines.subList(at + times * length, at + (times + 1) * length)
                            .equals(group)) {
                times++;
            }
            all.addAll(group);
            all.add("\t... the " + (length == 1 ? "line" : length + " lines") + " above " + times + " times in all");
            at += times * length;
        }
        return all;
    }

    /** The length of the shortest group that begins here and comes at least four times; 0 if there is none. */
    private static int repeatedAt(List<String> lines, int at) {
        for (int length = 1; length <= 8 && at + 4 * length <= lines.size(); length++) {
            List<String> group = lines.subList(at, at + length);
            boolean repeated = true;
            for (int times = 1; times < 4 && repeated; times++) {
                repeated = lines.subList(at + times * length, at + (times + 1) * length)
                        .equals(group);
            }
            if (repeated) {
                return length;
            }
        }
        return 0;
    }
}
