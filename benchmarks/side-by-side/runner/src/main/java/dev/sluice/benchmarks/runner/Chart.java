package dev.sluice.benchmarks.runner;

import java.util.Map;

/** Bars of CPU time per request, as an SVG without scripts or fonts of its own. */
final class Chart {
    private static final int WIDTH = 760;
    private static final int LABEL = 190;
    private static final int LINE = 20;

    private Chart() {}

    static String svg(Map<String, Map<String, Double>> cpuByRow) {
        StringBuilder bars = new StringBuilder();
        int y = 30;
        for (Map.Entry<String, Map<String, Double>> row : cpuByRow.entrySet()) {
            bars.append(text(10, y, escape(row.getKey()), "bold"));
            double greatest = row.getValue().values().stream()
                    .mapToDouble(Double::doubleValue)
                    .max()
                    .orElse(1);
            y += 8;
            for (Map.Entry<String, Double> server : row.getValue().entrySet()) {
                double width = server.getValue() / greatest * (WIDTH - LABEL - 80);
                String colour = server.getKey().startsWith("sluice") ? "#0b6e99" : "#9aa5ad";
                bars.append(text(20, y + 14, escape(server.getKey()), "normal"));
                bars.append(String.format(
                        java.util.Locale.ROOT,
                        "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"14\" fill=\"%s\"/>%n",
                        LABEL,
                        y + 3,
                        width,
                        colour));
                bars.append(text(LABEL + (int) width + 6, y + 14, Median.format(server.getValue()), "normal"));
                y += LINE;
            }
            y += 24;
        }
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + WIDTH + "\" height=\"" + y
                + "\" font-family=\"sans-serif\" font-size=\"12\">\n<title>Server CPU per request, microseconds</title>\n"
                + "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n" + bars + "</svg>\n";
    }

    private static String text(int x, int y, String content, String weight) {
        return "<text x=\"" + x + "\" y=\"" + y + "\" font-weight=\"" + weight + "\" fill=\"#222222\">" + content
                + "</text>\n";
    }

    private static String escape(String content) {
        return content.replace("&", "&amp;").replace("<", "&lt;");
    }
}
