package dev.sluice.engine.cookie;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.engine.fixture.TestClock;
import jakarta.servlet.http.Cookie;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Set-Cookie header lines (RFC 6265, 4.1). */
class SetCookieTest {
    private final TestClock clock = new TestClock();

    @Test
    void hasAllAttributes() {
        Cookie cookie = new Cookie("a", "\"b c\"");
        cookie.setPath("/app");
        cookie.setDomain("Host.test");
        cookie.setMaxAge(60);
        cookie.setHttpOnly(true);
        cookie.setSecure(true);
        cookie.setAttribute("SameSite", "None");
        cookie.setAttribute("Partitioned", "");
        assertThat(SetCookie.render(cookie, clock))
                .isEqualTo("a=\"b c\"; Domain=host.test; HttpOnly; Expires=Sun, 01 Mar 2026 12:01:00 GMT; Max-Age=60;"
                        + " Partitioned; Path=/app; SameSite=None; Secure");
    }

    @Test
    void zeroDeletesInOldBrowsersToo() {
        Cookie cookie = new Cookie("a", "");
        cookie.setMaxAge(0);
        assertThat(SetCookie.render(cookie, clock)).isEqualTo("a=; Expires=Thu, 01 Jan 1970 00:00:10 GMT");
    }

    @Test
    void aCookieOfTheSessionHasNoAge() {
        Cookie cookie = new Cookie("a", "b");
        cookie.setMaxAge(-1);
        assertThat(SetCookie.render(cookie, clock)).isEqualTo("a=b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"b\r\nSet-Cookie: x=y", "b\nc", "b\u0000", "b;Path=/", "b\u007f"})
    void refusesValuesThatBreakOut(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SetCookie.render(new Cookie("a", value), clock))
                .withMessageContaining("cookie a")
                .withMessageNotContaining("\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/\r\nX: y", "/;HttpOnly", "/\u0000", "/\u00e4"})
    void refusesAttributesThatBreakOut(String path) {
        Cookie cookie = new Cookie("a", "b");
        cookie.setPath(path);
        assertThatIllegalArgumentException().isThrownBy(() -> SetCookie.render(cookie, clock));
    }
}
