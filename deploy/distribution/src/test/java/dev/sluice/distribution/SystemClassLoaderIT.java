package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.distribution.application.ClassFinderServlet;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application that asks the system class loader finds nothing of the container either. */
class SystemClassLoaderIT {
    @TempDir
    Path directory;

    @Test
    void showsNothingOfTheContainer() throws Exception {
        Path war = Jars.war(
                directory.resolve("finder.war"),
                """
                <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.1">
                  <servlet><servlet-name>f</servlet-name><servlet-class>%s</servlet-class></servlet>
                  <servlet-mapping><servlet-name>f</servlet-name><url-pattern>/f</url-pattern></servlet-mapping>
                </web-app>
                """.formatted(ClassFinderServlet.class.getName()),
                ClassFinderServlet.class);
        try (SluiceProcess sluice = SluiceProcess.run(directory, war)) {
            for (String name : new String[] {
                "dev.sluice.deploy.command.Main",
                "dev.sluice.engine.gate.Gate",
                "dev.sluice.deploy.configuration.Keys",
                "io.undertow.Undertow",
                "org.xnio.Xnio",
                "picocli.CommandLine"
            }) {
                assertThat(sluice.get("/finder/f?class=" + name).body())
                        .as(name)
                        .isEqualTo("false false false");
            }
            assertThat(sluice.get("/finder/f?class=java.lang.String").body()).isEqualTo("true true true");
            assertThat(sluice.get("/finder/f?class=jakarta.servlet.Servlet").body())
                    .isEqualTo("false false true");
        }
    }
}
