package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A WAR whose pages and servlets come from a web fragment, and whose servlet waits for calls of its own without a thread. */
@ExtendWith(RealApplications.class)
class AsyncRestDemoIT {

    @Test
    void pagesComeFromTheWarAndFromItsFragment(SluiceProcess sluice) throws Exception {
        assertThat(sluice.get("/async-rest/").body()).contains("Blocking vs Asynchronous REST");
        assertThat(sluice.get("/async-rest/asyncrest.html").body()).contains("testAsync?items=kayak");
        HttpResponse<String> image = sluice.get("/async-rest/asyncrest/red.png");
        assertThat(image.statusCode()).isEqualTo(200);
        assertThat(image.headers().firstValue("Content-Type")).contains("image/png");
        assertThat(image.headers().firstValueAsLong("Content-Length")).hasValue(164);
    }

    @ParameterizedTest
    @ValueSource(strings = {"testSerial", "testAsync"})
    void everyKeywordIsAskedForAndFound(String servlet, SluiceProcess sluice) throws Exception {
        HttpResponse<String> answer = sluice.get("/async-rest/" + servlet + "?items=mouse,beer,gnome");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/html"));
        assertThat(answer.body()).contains("title='found mouse'", "title='found beer'", "title='found gnome'");
    }

    @Test
    void resourcesOfTheFragmentDoNotOpenTheRestOfTheJar(SluiceProcess sluice) throws Exception {
        for (String path : new String[] {"META-INF/web-fragment.xml", "WEB-INF/web.xml", "META-INF/MANIFEST.MF"}) {
            assertThat(sluice.get("/async-rest/" + path).statusCode()).as(path).isEqualTo(404);
        }
    }
}
