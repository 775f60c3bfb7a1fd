package dev.sluice.engine.resource;

import dev.sluice.engine.text.Html;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.TreeSet;

/** A page with the content of a directory; names are escaped for HTML and for URLs. */
final class DirectoryListing {
    private DirectoryListing() {}

    static String html(WebResources resources, String directory, String shownPath) {
        StringBuilder page = new StringBuilder(512)
                .append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>")
                .append(Html.escape(shownPath))
                .append("</title></head>\n<body><h1>")
                .append(Html.escape(shownPath))
                .append("</h1>\n<ul>\n");
        if (!directory.equals("/")) {
            page.append("<li><a href=\"../\">../</a></li>\n");
        }
        for (String child : new TreeSet<>(resources.list(directory))) {
            String name = child.substring(directory.length());
            if (!DefaultServlet.isPrivate(child)) {
                String href = URLEncoder.encode(name, StandardCharsets.UTF_8)
                        .replace("+", "%20")
                        .replace("%2F", "/");
                page.append("<li><a href=\"./").append(href).append("\">");
                page.append(Html.escape(name)).append("</a></li>\n");
            }
        }
        return page.append("</ul></body></html>\n").toString();
    }
}
