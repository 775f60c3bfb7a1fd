package dev.sluice.deploy.dropin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveNameTest {
    @ParameterizedTest
    @CsvSource({
        "shop.war,          shop,     /shop, ''",
        "SHOP.WAR,          SHOP,     /SHOP, ''",
        "hello-handler.jar, hello-handler, /hello-handler, ''",
        "exploded,          exploded, /exploded, ''",
        "ROOT.war,          ROOT,     '',    ''",
        "ROOT##7.war,       ROOT##7,  '',    7",
        "shop##2.war,       shop##2,  /shop, 2",
        "shop##1.2.3.war,   shop##1.2.3, /shop, 1.2.3",
        "a#b.war,           a#b,      /a/b,  ''",
        "a#b##3,            a#b##3,   /a/b,  3",
    })
    void saysContextPathAndVersion(String file, String name, String contextPath, String version) {
        assertThat(ArchiveName.of(Path.of("apps", file))).isEqualTo(new ArchiveName(name, contextPath, version));
    }

    @Test
    void aChosenContextPathCountsInstead() {
        assertThat(ArchiveName.at("/a/b")).isEqualTo(new ArchiveName("a#b", "/a/b", ""));
        assertThat(ArchiveName.at("/")).isEqualTo(new ArchiveName("ROOT", "", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"shop", "/shop/", "//", "/a//b", "/..", "/a/../b", "/a/./b", "/a?b", "/a\nb", "/a%2fb", "/a;b"})
    void whatIsNoContextPathIsRefused(String path) {
        assertThatThrownBy(() -> ArchiveName.at(path))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("context path: ");
    }

    @Test
    void namesThatLeadOutAreRefused() {
        assertThatThrownBy(() -> ArchiveName.of(Path.of("apps", "a#..#b.war")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
