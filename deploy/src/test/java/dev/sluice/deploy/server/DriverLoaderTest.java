package dev.sluice.deploy.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.engine.naming.DataSources;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.naming.NamingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data source finds its driver in lib/ext if the application does not bring it. */
class DriverLoaderTest {
    private static final List<DataSources.Definition> DEFINITIONS = List.of(new DataSources.Definition(
            "jdbc/shop", ExternalDriver.class.getName(), "jdbc:external:x", "", "", 1, Duration.ofSeconds(10)));

    @TempDir
    Path directory;

    private ClassLoader drivers() throws Exception {
        Files.createDirectories(directory);
        String entry = ExternalDriver.class.getName().replace('.', '/') + ".class";
        try (OutputStream out = Files.newOutputStream(directory.resolve("driver.jar"));
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry(entry));
            zip.write(ExternalDriver.class.getResourceAsStream("/" + entry).readAllBytes());
        }
        return DriverLoader.of(directory);
    }

    @Test
    void theDriverSeesNothingOfTheContainer() throws Exception {
        ClassLoader drivers = drivers();
        assertThat(drivers.loadClass(ExternalDriver.class.getName()).getClassLoader())
                .isSameAs(drivers);
        assertThatThrownBy(() -> drivers.loadClass(DataSources.class.getName()))
                .isInstanceOf(ClassNotFoundException.class);
    }

    @Test
    void anApplicationThatDoesNotBringItGetsIt() throws Exception {
        ClassLoader application = ClassLoader.getPlatformClassLoader();
        DataSources found = new DataSources(DEFINITIONS, application, drivers());
        assertThatThrownBy(() -> found.find("jdbc/shop").getConnection())
                .as("the driver was asked")
                .isInstanceOf(SQLException.class)
                .hasStackTraceContaining("the external driver was asked for jdbc:external:x");
        found.close();

        DataSources missing = new DataSources(DEFINITIONS, application, DriverLoader.of(directory.resolve("none")));
        assertThatThrownBy(() -> missing.find("jdbc/shop"))
                .isInstanceOf(NamingException.class)
                .hasMessageContaining("lib/ext");
    }
}
