package dev.sluice.samples.sharedwar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bug of the sample, where one instance serves all requests. That it is absent in Sluice is tested with the installation. */
class OrdinaryContainerTest {
    @TempDir
    Path directory;

    private final Tomcat tomcat = new Tomcat();
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void start() throws LifecycleException {
        tomcat.setBaseDir(directory.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        Context context = tomcat.addContext("", directory.toString());
        Tomcat.addServlet(context, "offer", OfferServlet.class.getName());
        context.addServletMappingDecoded("/offer", "offer");
        tomcat.start();
    }

    @AfterEach
    void stop() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }

    private String offer(String query) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/offer?" + query);
        return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body()
                .strip();
    }

    @Test
    void theSecondCustomerGetsTheDiscountOfTheFirst() throws Exception {
        assertThat(offer("item=tea&discount=50")).isEqualTo("200 cents, lookup 1");
        assertThat(offer("item=tea")).isEqualTo("200 cents, lookup 2");
    }
}
