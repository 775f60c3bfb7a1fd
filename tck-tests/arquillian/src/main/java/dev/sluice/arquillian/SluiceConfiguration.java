package dev.sluice.arquillian;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jboss.arquillian.container.spi.ConfigurationException;
import org.jboss.arquillian.container.spi.client.container.ContainerConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * The properties of a {@code <container>} in arquillian.xml. All are optional but the installation, which is taken from
 * {@code home}, the system property {@code sluice.home} or the environment variable {@code SLUICE_HOME}, in this order.
 */
public final class SluiceConfiguration implements ContainerConfiguration {
    private @Nullable String home = firstOf(System.getProperty("sluice.home"), System.getenv("SLUICE_HOME"));
    private @Nullable String configFile;
    private String arguments = "";
    private String javaOptions = "";
    private String scheme = "http";
    private String host = "localhost";
    private int startSeconds = 60;
    private int deploySeconds = 60;

    @Override
    public void validate() throws ConfigurationException {
        if (home == null || !Files.isRegularFile(Path.of(home, "bin", "sluice"))) {
            throw new ConfigurationException("home: " + home
                    + " (expected: the directory of an installation, with bin/sluice; set it in arquillian.xml, as the system"
                    + " property sluice.home or as SLUICE_HOME)");
        }
        if (configFile != null && !Files.isRegularFile(Path.of(configFile))) {
            throw new ConfigurationException("configFile: " + configFile + " (expected: an existing sluice.yaml)");
        }
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new ConfigurationException("scheme: " + scheme + " (expected: http or https)");
        }
    }

    private static @Nullable String firstOf(@Nullable String first, @Nullable String second) {
        return first != null ? first : second;
    }

    /** The directory of the installation. */
    public Path installation() {
        if (home == null) {
            throw new IllegalStateException("home is not set (expected: validate() was called)");
        }
        return Path.of(home);
    }

    public void setHome(String home) {
        this.home = home;
    }

    /** The sluice.yaml to start with, or null for the defaults. */
    public @Nullable String getConfigFile() {
        return configFile;
    }

    public void setConfigFile(String configFile) {
        this.configFile = configFile;
    }

    /** Further arguments of {@code sluice run}, separated by spaces. */
    public String getArguments() {
        return arguments;
    }

    public void setArguments(String arguments) {
        this.arguments = arguments;
    }

    /** What goes into JAVA_OPTS of the process. */
    public String getJavaOptions() {
        return javaOptions;
    }

    public void setJavaOptions(String javaOptions) {
        this.javaOptions = javaOptions;
    }

    /** Which listener tests are sent to: {@code http} or {@code https}. */
    public String getScheme() {
        return scheme;
    }

    public void setScheme(String scheme) {
        this.scheme = scheme;
    }

    /** The host name that tests are given. */
    public String getHost() {
        return host;
    }

    public void setHost(String host) {
        this.host = host;
    }

    /** How long to wait for the server, in seconds. */
    public int getStartSeconds() {
        return startSeconds;
    }

    public void setStartSeconds(int startSeconds) {
        this.startSeconds = startSeconds;
    }

    /** How long to wait for an application to run or to be gone, in seconds. */
    public int getDeploySeconds() {
        return deploySeconds;
    }

    public void setDeploySeconds(int deploySeconds) {
        this.deploySeconds = deploySeconds;
    }
}
