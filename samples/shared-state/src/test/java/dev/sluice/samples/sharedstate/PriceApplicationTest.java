package dev.sluice.samples.sharedstate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.testing.InMemory;
import dev.sluice.fork.ForkOptions;
import dev.sluice.fork.Template;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The bug where all requests share the state, and its absence where each has a fork. */
class PriceApplicationTest {
    private InMemory app;

    private static <T> Supplier<T> publish(String name, T value) {
        Template<T> template = Template.of(name, value, ForkOptions.defaults());
        return template::fork;
    }

    @BeforeEach
    void start() throws Exception {
        app = InMemory.of(new PriceApplication())
                .forks(PriceApplicationTest::publish)
                .start();
    }

    @AfterEach
    void stop() throws Exception {
        app.close();
    }

    @Test
    void sharedStateIsPoisonedByTheFirstDiscount() {
        assertThat(app.get("/ordinary/tea?discount=50").text()).startsWith("200 cents\n");
        assertThat(app.get("/ordinary/tea").text())
                .isEqualTo("200 cents\ntea costs 400\nminus 50 % is 200\ntea costs 200\n");
    }

    @Test
    void everyForkStartsFromTheTemplate() {
        assertThat(app.get("/tea?discount=50").text()).startsWith("200 cents\n");
        assertThat(app.get("/tea").text()).isEqualTo("400 cents\ntea costs 400\n");
        assertThat(app.get("/coffee?discount=10").text()).startsWith("450 cents\n");
        assertThat(app.get("/coffee").text()).isEqualTo("500 cents\ncoffee costs 500\n");
    }

    @Test
    void badDiscountIsABadRequest() {
        assertThat(app.get("/tea?discount=much").status()).isEqualTo(400);
    }
}
