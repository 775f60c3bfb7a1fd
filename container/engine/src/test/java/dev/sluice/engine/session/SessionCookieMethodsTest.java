package dev.sluice.engine.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.engine.descriptor.SessionDescriptor;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.http.Cookie;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The sentences of the Javadoc of {@code SessionCookieConfig}. */
class SessionCookieMethodsTest {
    private final SessionCookies config = new SessionCookies(SessionDescriptor.NONE, SessionOptions.DEFAULT, "/app");

    interface Call {
        void on(SessionCookieConfig config);
    }

    @Test
    void nothingIsSaidAtTheBeginning() {
        assertThat(config.getName()).isNull();
        assertThat(config.getDomain()).isNull();
        assertThat(config.getPath()).isNull();
        assertThat(config.getMaxAge()).isEqualTo(-1);
        assertThat(config.isSecure()).isFalse();
        Cookie cookie = config.cookie("id", false, "");
        assertThat(cookie.getName()).isEqualTo("JSESSIONID");
        assertThat(cookie.getPath()).isEqualTo("/app");
        assertThat(cookie.getSecure()).isFalse();
        assertThat(config.cookie("id", true, "").getSecure()).isTrue();
    }

    @Test
    void settersShowInAttributesAndInTheCookie() {
        config.setName("SID");
        config.setDomain("a.example");
        config.setPath("/p");
        config.setMaxAge(60);
        config.setSecure(true);
        config.setHttpOnly(true);
        config.setAttribute("SameSite", "Strict");
        assertThat(config.getAttribute("domain")).isEqualTo("a.example");
        assertThat(config.getAttribute("PATH")).isEqualTo("/p");
        assertThat(config.getAttribute("max-age")).isEqualTo("60");
        assertThat(config.getAttributes()).containsKeys("Domain", "Path", "Max-Age", "Secure", "HttpOnly", "SameSite");
        Cookie cookie = config.cookie("id", false, "");
        assertThat(cookie.getName()).isEqualTo("SID");
        assertThat(cookie.getDomain()).isEqualTo("a.example");
        assertThat(cookie.getPath()).isEqualTo("/p");
        assertThat(cookie.getMaxAge()).isEqualTo(60);
        assertThat(cookie.getSecure()).isTrue();
        assertThat(cookie.isHttpOnly()).isTrue();
        assertThat(cookie.getAttribute("SameSite")).isEqualTo("Strict");
    }

    @ParameterizedTest
    @CsvSource({"Domain, a.example", "pAth, /p", "MAX-AGE, 60"})
    void attributesShowInTheirGetters(String name, String value) {
        config.setAttribute(name, value);
        assertThat(List.of(
                        String.valueOf(config.getDomain()), String.valueOf(config.getPath()), "" + config.getMaxAge()))
                .contains(value);
        config.setAttribute(name, null);
        assertThat(config.getAttribute(name)).isNull();
        assertThat(config.getAttributes()).doesNotContainKey(name);
    }

    @Test
    void flagsShowInTheirGetters() {
        config.setAttribute("secure", "");
        config.setAttribute("httponly", "true");
        assertThat(config.isSecure()).isTrue();
        assertThat(config.isHttpOnly()).isTrue();
        config.setAttribute("secure", "false");
        config.setHttpOnly(false);
        assertThat(config.isSecure()).isFalse();
        assertThat(config.getAttribute("HttpOnly")).isNull();
    }

    @Test
    void commentsHaveNoEffect() throws ReflectiveOperationException {
        SessionCookieConfig.class.getMethod("setComment", String.class).invoke(config, "x");
        assertThat(SessionCookieConfig.class.getMethod("getComment").invoke(config))
                .isNull();
        assertThat(config.getAttributes()).doesNotContainKey("Comment");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "a b", "a;b", "a,b", "a=b"})
    void aNameThatIsNoneIsAnIllegalArgument(String name) {
        assertThatThrownBy(() -> config.setAttribute(name, "x")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anAgeThatIsNoNumberIsANumberFormatError() {
        assertThatThrownBy(() -> config.setAttribute("Max-Age", "x")).isInstanceOf(NumberFormatException.class);
        assertThat(config.getMaxAge()).isEqualTo(-1);
    }

    @Test
    void theMapIsReadOnly() {
        assertThatThrownBy(() -> config.getAttributes().put("a", "b"))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void nothingIsSetAfterTheStart() {
        config.freeze();
        List<Call> calls = List.of(
                cookies -> cookies.setName("a"),
                cookies -> cookies.setDomain("a"),
                cookies -> cookies.setPath("/"),
                cookies -> cookies.setMaxAge(1),
                cookies -> cookies.setSecure(true),
                cookies -> cookies.setHttpOnly(true),
                cookies -> cookies.setAttribute("a", "b"));
        assertThat(calls).allSatisfy(call -> assertThatThrownBy(() -> call.on(config))
                .isInstanceOf(IllegalStateException.class));
    }
}
