package dev.sluice.tck;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.annotation.HttpConstraint;
import jakarta.servlet.annotation.ServletSecurity;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URL;
import java.net.http.HttpResponse;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Servlet 6.1, 13.6.2, and RFC 7616: DIGEST with SHA-256, computed by the test. */
@ExtendWith(ArquillianExtension.class)
class DigestTest {
    private static final String URI = "/DigestTest/who?q=1";

    @Deployment(testable = false)
    static WebArchive archive() {
        return Wire.war(DigestTest.class, Who.class).setWebXML(new StringAsset("""
                <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.1">
                  <login-config><auth-method>DIGEST</auth-method><realm-name>conformance</realm-name></login-config>
                </web-app>
                """));
    }

    private static HttpResponse<String> get(URL base, String... headers) throws Exception {
        return Wire.get(base, "who?q=1", headers);
    }

    private static Digest challenge(HttpResponse<String> refused) {
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().allValues("WWW-Authenticate")).hasSize(1);
        return new Digest(refused.headers().firstValue("WWW-Authenticate").orElseThrow());
    }

    @Test
    void theChallengeIsForSha256AndNothingWeaker(@ArquillianResource URL base) throws Exception {
        Digest challenge = challenge(get(base));

        assertThat(challenge.challenge()).startsWith("Digest ");
        assertThat(challenge.parameter("realm")).isEqualTo("conformance");
        assertThat(challenge.parameter("qop")).isEqualTo("auth");
        assertThat(challenge.parameter("algorithm")).isEqualTo("SHA-256");
        assertThat(challenge.parameter("nonce"))
                .hasSizeGreaterThan(20)
                .isNotEqualTo(challenge(get(base)).parameter("nonce"));
    }

    @Test
    void theComputedAnswerIsAccepted(@ArquillianResource URL base) throws Exception {
        String answer = challenge(get(base)).answer("ann", "ann secret", URI, 1);

        HttpResponse<String> accepted = get(base, "Authorization", answer);

        assertThat(accepted.statusCode()).isEqualTo(200);
        assertThat(accepted.body()).isEqualTo("ann DIGEST");
    }

    @Test
    void aUserWithoutTheRoleIsForbidden(@ArquillianResource URL base) throws Exception {
        String answer = challenge(get(base)).answer("bob", "bob secret", URI, 1);

        assertThat(get(base, "Authorization", answer).statusCode()).isEqualTo(403);
    }

    @Test
    void aWrongPasswordIsChallengedAnew(@ArquillianResource URL base) throws Exception {
        Digest first = challenge(get(base));

        Digest second = challenge(get(base, "Authorization", first.answer("ann", "guess", URI, 1)));

        assertThat(second.parameter("nonce")).isNotEqualTo(first.parameter("nonce"));
        assertThat(second.parameter("stale")).isNotEqualTo("true");
    }

    @Test
    void aReplayedAnswerIsStaleAndTheNextCountIsNot(@ArquillianResource URL base) throws Exception {
        Digest challenge = challenge(get(base));
        String answer = challenge.answer("ann", "ann secret", URI, 1);
        assertThat(get(base, "Authorization", answer).statusCode()).isEqualTo(200);

        Digest again = challenge(get(base, "Authorization", answer));

        assertThat(again.parameter("stale")).isEqualTo("true");
        assertThat(get(base, "Authorization", challenge.answer("ann", "ann secret", URI, 2))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void anAnswerForAnotherTargetIsNone(@ArquillianResource URL base) throws Exception {
        String answer = challenge(get(base)).answer("ann", "ann secret", "/DigestTest/who?q=2", 1);

        assertThat(get(base, "Authorization", answer).statusCode()).isEqualTo(401);
    }

    @Test
    void aNonceOfTheClientIsNoNonce(@ArquillianResource URL base) throws Exception {
        Digest challenge = challenge(get(base));
        String nonce = challenge.parameter("nonce");
        char last = nonce.charAt(10) == 'A' ? 'B' : 'A';
        String forged = nonce.substring(0, 10) + last + nonce.substring(11);
        String answer = new Digest(challenge.challenge().replace(nonce, forged)).answer("ann", "ann secret", URI, 1);

        assertThat(challenge(get(base, "Authorization", answer)).parameter("stale"))
                .isNotEqualTo("true");
    }

    @Test
    void md5IsNotTaken(@ArquillianResource URL base) throws Exception {
        String answer = challenge(get(base)).answer("ann", "ann secret", URI, 1, "MD5");

        assertThat(get(base, "Authorization", answer).statusCode()).isEqualTo(401);
    }

    @WebServlet("/who")
    @ServletSecurity(@HttpConstraint(rolesAllowed = "boss"))
    public static class Who extends HttpServlet {
        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print(request.getRemoteUser() + " " + request.getAuthType());
        }
    }
}
