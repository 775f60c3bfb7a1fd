package dev.sluice.war;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Descriptors of other containers are ignored with one warning, and never read. */
class VendorDescriptorsTest extends Loading {

    @Test
    void oneWarningNamesThemAll() throws Exception {
        ArchiveFile war = ArchiveFile.empty()
                .webXml("")
                .text("WEB-INF/jetty-web.xml", "<broken")
                .text("WEB-INF/sun-web.xml", "");
        try (LoadedWebApplication loaded = load(war)) {
            assertThat(loaded.warnings()).hasSize(1);
            assertThat(loaded.warnings().get(0))
                    .contains("WEB-INF/jetty-web.xml")
                    .contains("WEB-INF/sun-web.xml");
        }
    }

    @Test
    void noneNoWarning() throws Exception {
        try (LoadedWebApplication loaded = load(ArchiveFile.empty().webXml(""))) {
            assertThat(loaded.warnings()).isEmpty();
        }
    }
}
