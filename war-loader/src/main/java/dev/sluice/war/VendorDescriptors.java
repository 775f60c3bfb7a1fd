package dev.sluice.war;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Descriptors of other containers, which are not read. */
final class VendorDescriptors {
    private static final List<String> KNOWN = List.of(
            "META-INF/context.xml",
            "WEB-INF/geronimo-web.xml",
            "WEB-INF/glassfish-web.xml",
            "WEB-INF/ibm-web-bnd.xml",
            "WEB-INF/ibm-web-ext.xml",
            "WEB-INF/jboss-deployment-structure.xml",
            "WEB-INF/jboss-web.xml",
            "WEB-INF/jetty-env.xml",
            "WEB-INF/jetty-web.xml",
            "WEB-INF/payara-web.xml",
            "WEB-INF/resin-web.xml",
            "WEB-INF/sun-web.xml",
            "WEB-INF/tomcat-web.xml",
            "WEB-INF/undertow-handlers.conf",
            "WEB-INF/weblogic.xml");

    private VendorDescriptors() {}

    /** One warning that names all that are there, or nothing. */
    static Stream<String> warning(Path root) {
        List<String> found = KNOWN.stream()
                .filter(name -> Files.isRegularFile(root.resolve(name)))
                .toList();
        return found.isEmpty()
                ? Stream.empty()
                : Stream.of("ignored, being for other containers: " + String.join(", ", found)
                        + "; what they configure belongs into web.xml or sluice.yaml");
    }
}
