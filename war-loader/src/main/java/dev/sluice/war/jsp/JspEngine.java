package dev.sluice.war.jsp;

import dev.sluice.engine.descriptor.WebApplication;
import dev.sluice.engine.registration.InstanceFactory;
import dev.sluice.engine.servlet.JspSupport;
import dev.sluice.war.archive.Library;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import jakarta.servlet.jsp.JspFactory;
import java.security.CodeSource;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.jasper.runtime.JspFactoryImpl;
import org.apache.tomcat.InstanceManager;
import org.apache.tomcat.JarScanner;
import org.jspecify.annotations.Nullable;

/**
 * The JSP engine of one application: Jasper (Jakarta Pages 4.0). Pages are compiled into the context's temporary directory, by the
 * Eclipse compiler, when they are first asked for. Safe for use by many threads.
 */
public final class JspEngine implements JspSupport {
    /** {@code javac}'s name for the language level of pages; the floor of Jakarta EE 11. */
    private static final String LANGUAGE_LEVEL = "17";

    /** Complains about schemas of the Servlet API, which are only needed to validate; held, because loggers are weakly referenced. */
    private static final Logger SCHEMAS = Logger.getLogger("org.apache.tomcat.util.descriptor.DigesterFactory");

    static {
        SCHEMAS.setLevel(Level.SEVERE);
    }

    private final WebApplication application;
    private final List<Library> tagLibraries;
    private final JspOptions options;
    private final InstanceFactory instances;

    /**
     * Makes an engine.
     *
     * @param tagLibraries the application's jars that have tag libraries, in the order of search
     * @param instances makes tag handlers, with what is injected into them
     */
    public JspEngine(
            WebApplication application, List<Library> tagLibraries, JspOptions options, InstanceFactory instances) {
        this.instances = instances;
        this.application = application;
        this.tagLibraries = List.copyOf(tagLibraries);
        this.options = options;
    }

    /** Names the engine with its version, which decides whether compiled pages of another start can be used. */
    public static String version() {
        CodeSource source = JspFactoryImpl.class.getProtectionDomain().getCodeSource();
        String location = source == null ? "" : source.getLocation().getPath();
        String file = location.substring(location.lastIndexOf('/') + 1);
        return file.endsWith(".jar") ? file.substring(0, file.length() - ".jar".length()) : "unknown";
    }

    /** {@code *.jsp}, {@code *.jspx} and those of the property groups (Jakarta Pages 4.0, JSP.3.3.1). */
    @Override
    public List<String> urlPatterns() {
        Set<String> patterns = new LinkedHashSet<>(List.of("*.jsp", "*.jspx"));
        application.jsp().propertyGroups().forEach(group -> patterns.addAll(group.urlPatterns()));
        return List.copyOf(patterns);
    }

    /** A new servlet for pages. */
    @Override
    public Servlet createServlet() {
        return new PageServlet();
    }

    /**
     * The init parameters of a servlet for pages.
     *
     * @param jspFile the one page that it serves, or null if it serves whatever is mapped to it
     */
    @Override
    public Map<String, String> initParameters(@Nullable String jspFile) {
        Map<String, String> parameters = new HashMap<>();
        parameters.put("development", String.valueOf(options.development()));
        parameters.put(
                "modificationTestInterval",
                String.valueOf(options.checkInterval().toSeconds()));
        parameters.put("checkInterval", "0");
        parameters.put("compilerSourceVM", LANGUAGE_LEVEL);
        parameters.put("compilerTargetVM", LANGUAGE_LEVEL);
        parameters.put("compilerClassName", PageCompiler.class.getName());
        parameters.put("fork", "false");
        parameters.put("xpoweredBy", "false");
        parameters.put("mappedfile", String.valueOf(options.development()));
        parameters.put("displaySourceFragment", String.valueOf(options.development()));
        parameters.put("trimSpaces", options.trimSpaces() ? "true" : "false");
        if (jspFile != null) {
            parameters.put("jspFile", jspFile);
        }
        return parameters;
    }

    /** Called once before initializers and listeners: sets what pages, tag handlers and compiled pages look for in the context. */
    @Override
    public void start(ServletContext context) {
        defaultFactory();
        context.setAttribute(InstanceManager.class.getName(), new PageInstances(instances));
        context.setAttribute(JarScanner.class.getName(), new TagLibraryJars(tagLibraries));
    }

    private static synchronized void defaultFactory() {
        if (JspFactory.getDefaultFactory() == null) {
            JspFactory.setDefaultFactory(new JspFactoryImpl());
        }
    }
}
