package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DIGEST offers MD5 behind SHA-256 where the configuration says so. */
class DigestMd5IT {
    private static final String WEB_XML = """
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.1">
              <security-constraint>
                <web-resource-collection><web-resource-name>s</web-resource-name><url-pattern>/*</url-pattern></web-resource-collection>
                <auth-constraint><role-name>clerk</role-name></auth-constraint>
              </security-constraint>
              <login-config><auth-method>DIGEST</auth-method><realm-name>r</realm-name></login-config>
              <security-role><role-name>clerk</role-name></security-role>
            </web-app>
            """;

    @TempDir
    Path directory;

    @Test
    void isOfferedSecond() throws Exception {
        try (SluiceProcess sluice = SluiceProcess.run(
                directory, "--set", "login.digest-md5=true", Jars.war(directory.resolve("digest.war"), WEB_XML))) {
            assertThat(sluice.get("/digest/").headers().allValues("WWW-Authenticate"))
                    .satisfiesExactly(
                            first -> assertThat(first).startsWith("Digest ").contains("algorithm=SHA-256"),
                            second -> assertThat(second).startsWith("Digest ").contains("algorithm=MD5"));
        }
    }
}
