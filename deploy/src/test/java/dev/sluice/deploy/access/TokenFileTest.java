package dev.sluice.deploy.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.war.archive.ContentHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens are kept hashed, for their owner only, and are gone at once when they are revoked. */
class TokenFileTest {
    private static final Clock NOW = Clock.fixed(Instant.ofEpochSecond(1_800_000_000), ZoneOffset.UTC);

    @TempDir
    private Path directory;

    private TokenFile tokens;

    @BeforeEach
    void open() {
        tokens = new TokenFile(directory.resolve("management/tokens"), NOW);
    }

    @Test
    void theSecretIsNotStored() throws Exception {
        Token token = tokens.add("ci", List.of(Grant.parse("operator@shop"), Grant.parse("viewer")));
        String stored = Files.readString(tokens.file());
        assertThat(stored)
                .isEqualTo(
                        token.id() + ":" + ContentHash.ofText(token.text()) + ":1800000000:ci:operator@shop,viewer\n")
                .doesNotContain(token.text().substring(16));
        assertThat(tokens.find(token)).hasValueSatisfying(identity -> {
            assertThat(identity.name()).isEqualTo("token ci");
            assertThat(identity.may(Role.OPERATOR, "shop")).isTrue();
            assertThat(identity.may(Role.OPERATOR, "cart")).isFalse();
            assertThat(identity.may(Role.VIEWER)).isTrue();
        });
    }

    @Test
    void nobodyElseReadsTheFile() throws Exception {
        tokens.add("ci", List.of(Grant.parse("viewer")));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(tokens.file())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(tokens.file().getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void theFirstIsMadeOnce() throws Exception {
        Token first = tokens.first().orElseThrow();
        assertThat(tokens.find(first))
                .hasValueSatisfying(who -> assertThat(who.may(Role.OPERATOR)).isTrue());
        assertThat(tokens.first()).isEmpty();
        tokens.revoke(first.id());
        assertThat(tokens.first()).as("an empty file is no new installation").isEmpty();
    }

    @Test
    void aRevokedOneIsNobodys() throws Exception {
        Token kept = tokens.add("kept", List.of(Grant.parse("viewer")));
        Token gone = tokens.add("gone", List.of(Grant.parse("viewer")));
        TokenFile elsewhere = new TokenFile(tokens.file(), NOW);
        assertThat(elsewhere.revoke(gone.id()).map(TokenFile.Entry::name)).contains("gone");
        assertThat(elsewhere.revoke(gone.id())).isEmpty();
        assertThat(tokens.find(gone)).isEmpty();
        assertThat(tokens.find(kept)).isPresent();
    }

    @Test
    void theIdAloneIsNotEnough() throws Exception {
        Token right = tokens.add("ci", List.of(Grant.parse("viewer")));
        Token wrong =
                new Token(right.id(), right.text().substring(0, right.text().length() - 1) + "?");
        assertThat(tokens.find(wrong)).isEmpty();
    }

    @Test
    void aLineThatIsNoneIsNamed() throws Exception {
        tokens.add("ci", List.of(Grant.parse("viewer")));
        Files.writeString(tokens.file(), "abc:def\n");
        assertThatThrownBy(tokens::entries)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("line 1 is no token")
                .hasMessageContaining("expected: ID:SHA-256:SECONDS:NAME:ROLES");
    }

    @Test
    void namesAndRolesAreChecked() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tokens.add("a:b", List.of()))
                .withMessageContaining("expected: up to 64 letters");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tokens.add("a", List.of(Grant.parse("viewer@a,b"))))
                .withMessageContaining("without commas");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Grant.parse("admin"))
                .withMessageContaining("role: admin (expected: viewer, operator");
        assertThatIllegalArgumentException().isThrownBy(() -> Grant.parse("viewer@"));
    }
}
