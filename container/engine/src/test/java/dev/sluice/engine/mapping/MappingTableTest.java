package dev.sluice.engine.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.MappingMatch;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Paths are mapped by the rules of Servlet 6.1, 12.1 and 12.2. */
class MappingTableTest {

    private static MappingTable<String> table(String... patterns) {
        MappingTable.Builder<String> builder = MappingTable.builder();
        for (String pattern : patterns) {
            builder.add(UrlPattern.parse(pattern), pattern);
        }
        return builder.build();
    }

    @Nested
    class Examples {
        // the example set of 12.2.2
        private final MappingTable<String> table = table("/foo/bar/*", "/baz/*", "/catalog", "*.bop", "/");

        @ParameterizedTest
        @CsvSource({
            "/foo/bar/index.html, /foo/bar/*",
            "/foo/bar/index.bop, /foo/bar/*",
            "/baz, /baz/*",
            "/baz/index.html, /baz/*",
            "/catalog, /catalog",
            "/catalog/index.html, /",
            "/catalog/racecar.bop, *.bop",
            "/index.bop, *.bop",
            "/foo/barge, /",
            "/a.bop/b, /"
        })
        void of12_2_2(String path, String pattern) {
            Match<String> match = table.find(path);
            assertThat(match).isNotNull();
            assertThat(match.target()).isEqualTo(pattern);
        }
    }

    @Nested
    class PathElements {
        private final MappingTable<String> table = table("/MyServlet", "", "/", "*.extension", "/path/*");

        @ParameterizedTest
        @CsvSource(
                value = {
                    "/MyServlet| /MyServlet| NULL| MyServlet| EXACT",
                    "/| ''| /| ''| CONTEXT_ROOT",
                    "/none| /none| NULL| ''| DEFAULT",
                    "/foo.extension| /foo.extension| NULL| foo| EXTENSION",
                    "/a/b.extension| /a/b.extension| NULL| a/b| EXTENSION",
                    "/path/foo| /path| /foo| foo| PATH",
                    "/path| /path| NULL| ''| PATH",
                    "/path/| /path| /| ''| PATH"
                },
                delimiter = '|',
                nullValues = "NULL")
        void ofTheHttpServletMappingTable(
                String path, String servletPath, String pathInfo, String matchValue, MappingMatch kind) {
            Match<String> match = table.find(path);
            assertThat(match).isNotNull();
            assertThat(match.servletPath()).isEqualTo(servletPath);
            assertThat(match.pathInfo()).isEqualTo(pathInfo);
            assertThat(match.matchValue()).isEqualTo(matchValue);
            assertThat(match.kind()).isEqualTo(kind);
        }
    }

    @Test
    void theLongestPrefixWins() {
        MappingTable<String> table = table("/*", "/a/*", "/a/b/*", "*.x");
        assertThat(table.find("/a/b/c.x")).extracting(Match::target).isEqualTo("/a/b/*");
        assertThat(table.find("/a/bc")).extracting(Match::target).isEqualTo("/a/*");
        assertThat(table.find("/z.x")).extracting(Match::target).isEqualTo("/*");
    }

    @Test
    void everythingUnderThePrefixOfAll() {
        Match<String> match = table("/*").find("/a/b");
        assertThat(match).isNotNull();
        assertThat(match.servletPath()).isEmpty();
        assertThat(match.pathInfo()).isEqualTo("/a/b");
        assertThat(match.matchValue()).isEqualTo("a/b");
    }

    @Test
    void nothingMatchesWithoutADefault() {
        assertThat(table("/a").find("/b")).isNull();
    }
}
