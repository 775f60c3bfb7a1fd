package dev.sluice.deploy.command;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Where the management API has an application. */
final class ApplicationPath {
    private ApplicationPath() {}

    /** The path of an application that is called {@code NAME}, or {@code HOST/NAME} in a virtual host. */
    static String of(String application) {
        StringBuilder path = new StringBuilder("/api/v1/apps");
        for (String part : application.split("/", -1)) {
            path.append('/')
                    .append(URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20"));
        }
        return path.toString();
    }
}
