package dev.sluice.war.jsp;

import dev.sluice.war.archive.Library;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.security.CodeSource;
import java.util.List;
import org.apache.tomcat.Jar;
import org.apache.tomcat.JarScanFilter;
import org.apache.tomcat.JarScanType;
import org.apache.tomcat.JarScanner;
import org.apache.tomcat.JarScannerCallback;
import org.apache.tomcat.util.scan.JarFactory;
import org.jspecify.annotations.Nullable;

/**
 * Shows Jasper the jars that are known to have tag libraries, and no others: the application's, then the container's standard tag
 * library, which counts where the application has none of that name.
 */
public final class TagLibraryJars implements JarScanner {
    private static final System.Logger LOG = System.getLogger(TagLibraryJars.class.getName());
    private static final String STANDARD = "org.apache.taglibs.standard.tag.common.core.Util";

    private final List<Library> libraries;
    private @Nullable JarScanFilter filter;

    TagLibraryJars(List<Library> libraries) {
        this.libraries = List.copyOf(libraries);
    }

    @Override
    public void scan(JarScanType type, ServletContext context, JarScannerCallback callback) {
        for (Library library : libraries) {
            String path = "/WEB-INF/lib/" + library.name();
            try {
                scan(library.file().toUri().toURL(), path, callback);
            } catch (IOException e) {
                throw new UncheckedIOException("the tag libraries of " + path + " cannot be read: " + e, e);
            }
        }
        URL standard = standardTags();
        if (standard != null) {
            try {
                scan(standard, null, callback);
            } catch (IOException e) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "the standard tag library in " + standard + " cannot be read: " + e);
            }
        }
    }

    private static void scan(URL jar, @Nullable String path, JarScannerCallback callback) throws IOException {
        try (Jar open = JarFactory.newInstance(new URL("jar:" + jar + "!/"))) {
            callback.scan(open, path, path != null);
        }
    }

    private static @Nullable URL standardTags() {
        try {
            CodeSource source = Class.forName(STANDARD, false, TagLibraryJars.class.getClassLoader())
                    .getProtectionDomain()
                    .getCodeSource();
            return source == null ? null : source.getLocation();
        } catch (ClassNotFoundException e) {
            LOG.log(System.Logger.Level.DEBUG, "the container has no standard tag library");
            return null;
        }
    }

    @Override
    public @Nullable JarScanFilter getJarScanFilter() {
        return filter;
    }

    @Override
    public void setJarScanFilter(@Nullable JarScanFilter value) {
        filter = value;
    }
}
