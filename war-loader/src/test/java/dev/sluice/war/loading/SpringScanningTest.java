package dev.sluice.war.loading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.war.ArchiveFile;
import dev.sluice.war.LoadedWebApplication;
import dev.sluice.war.Loading;
import dev.sluice.war.Sources;
import java.net.JarURLConnection;
import java.net.URL;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The URLs that the loader gives away can be searched as frameworks do it. */
class SpringScanningTest extends Loading {
    private static final Map<String, byte[]> CODE =
            Sources.compile("package shop; public class Cart {}", "package shop.deep; public class Item {}");

    @Test
    void classesAndJarsAreFoundByPattern() throws Exception {
        ArchiveFile war = ArchiveFile.empty()
                .webXml("")
                .compiled("WEB-INF/classes/", Map.of("shop.Cart", CODE.get("shop.Cart")))
                .library(
                        "item.jar",
                        ArchiveFile.empty()
                                .compiled("", Map.of("shop.deep.Item", CODE.get("shop.deep.Item")))
                                .text("shop/", ""));
        try (LoadedWebApplication loaded = load(war)) {
            Resource[] found = new PathMatchingResourcePatternResolver(loaded.classLoader())
                    .getResources("classpath*:shop/**/*.class");
            assertThat(found).extracting(Resource::getFilename).containsExactlyInAnyOrder("Cart.class", "Item.class");
        }
    }

    @Test
    void jarUrlsGiveTheirJar() throws Exception {
        ArchiveFile war = ArchiveFile.empty()
                .webXml("")
                .library("item.jar", ArchiveFile.empty().compiled("", CODE));
        try (LoadedWebApplication loaded = load(war)) {
            URL url = loaded.classLoader().getResource("shop/Cart.class");
            JarURLConnection connection = (JarURLConnection) url.openConnection();
            assertThat(connection.getJarFileURL().getPath()).endsWith("/WEB-INF/lib/item.jar");
            try (var jar = connection.getJarFile()) {
                assertThat(jar.getEntry("shop/deep/Item.class")).isNotNull();
            }
        }
    }
}
