package dev.sluice.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.lang.reflect.Proxy;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What stands for a servlet request needs no servlet API: a public type with {@code getAttribute(String)}. */
class HandlerContextOfTest {
    private static final String NAME = "dev.sluice.api.HandlerContext";

    private static <T> T instance(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> null));
    }

    /** As the servlet API declares it. */
    public interface AttributeHolder {
        @Nullable
        Object getAttribute(String name);
    }

    /** As a server implements it: its class is nobody's business. */
    private static class Request implements AttributeHolder {
        private final Map<String, Object> attributes;

        Request(Map<String, Object> attributes) {
            this.attributes = attributes;
        }

        @Override
        public @Nullable Object getAttribute(String name) {
            return attributes.get(name);
        }
    }

    /** As an application wraps it. */
    private static final class Wrapper extends Request {
        Wrapper(Request wrapped) {
            super(wrapped.attributes);
        }
    }

    /** Public itself, without an interface. */
    public static final class Holder {
        /** The name. */
        public Object getAttribute(String name) {
            return name;
        }
    }

    private static final class Hidden {
        public Object getAttribute(String name) {
            return name;
        }
    }

    @Test
    void theContextIsTheAttributeUnderItsName() {
        HandlerContext context = instance(HandlerContext.class);
        Request request = new Request(Map.of(NAME, context));

        assertThat(HandlerContext.of(request)).isSameAs(context);
        assertThat(HandlerContext.of(new Wrapper(request))).isSameAs(context);
        assertThat(HandlerContext.of((AttributeHolder) name -> name.equals(NAME) ? context : null))
                .isSameAs(context);
    }

    @Test
    void templatesLikewise() {
        Templates templates = instance(Templates.class);

        assertThat(Templates.of(new Request(Map.of("dev.sluice.api.Templates", templates))))
                .isSameAs(templates);
    }

    @Test
    void anotherServersRequestIsRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> HandlerContext.of(new Request(Map.of())))
                .withMessageContaining(NAME + " is null")
                .withMessageContaining("another server");
        assertThatIllegalStateException()
                .isThrownBy(() -> HandlerContext.of(new Holder()))
                .withMessageContaining(NAME + " is " + NAME);
    }

    @Test
    void whatHasNoAttributesIsRefusedByItsClass() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HandlerContext.of("request"))
                .withMessageContaining("java.lang.String has no public method getAttribute(String)")
                .withMessageContaining("expected: a servlet request");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Templates.of(new Hidden()))
                .withMessageContaining(Hidden.class.getName());
    }

    @Test
    void whatTheHolderThrowsComesThrough() {
        AttributeHolder closed = name -> {
            throw new IllegalStateException("recycled");
        };
        assertThatIllegalStateException()
                .isThrownBy(() -> HandlerContext.of(closed))
                .withMessage("recycled");
    }
}
