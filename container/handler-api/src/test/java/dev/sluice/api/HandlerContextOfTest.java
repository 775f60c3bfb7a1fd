package dev.sluice.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HandlerContextOfTest {
    @Test
    void theContextIsTheAttributeUnderItsName() {
        HandlerContext context = (HandlerContext) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {HandlerContext.class}, (proxy, method, arguments) -> null);
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("dev.sluice.api.HandlerContext", context);

        assertThat(HandlerContext.of(attributes::get)).isSameAs(context);
    }

    @Test
    void anotherServersRequestIsRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> HandlerContext.of(name -> null))
                .withMessageContaining("dev.sluice.api.HandlerContext is null");
    }
}
