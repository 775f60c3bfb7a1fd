package dev.sluice.war.jsp;

import dev.sluice.engine.descriptor.JspDescriptor;
import dev.sluice.engine.registration.InstanceFactory;
import dev.sluice.engine.resource.WebResource;
import dev.sluice.war.LoadedWebApplication;
import jakarta.servlet.Servlet;
import jakarta.servlet.descriptor.JspConfigDescriptor;
import jakarta.servlet.descriptor.JspPropertyGroupDescriptor;
import jakarta.servlet.descriptor.TaglibDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockServletConfig;
import org.springframework.mock.web.MockServletContext;

/** Serves the pages of a loaded application without a server: a context over its resources, and a request in one line. */
final class Pages {
    private final LoadedWebApplication loaded;
    private final Context context;
    private final JspEngine engine;

    Pages(LoadedWebApplication loaded, JspOptions options, Path scratch) {
        this.loaded = loaded;
        this.context = new Context(loaded);
        this.engine = loaded.jsp(options, InstanceFactory.constructorOnly());
        context.setAttribute(jakarta.servlet.ServletContext.TEMPDIR, scratch.toFile());
        engine.start(context);
    }

    Servlet servlet(String jspFile) throws Exception {
        Servlet servlet = engine.createServlet();
        MockServletConfig config = new MockServletConfig(context, "jsp");
        engine.initParameters(jspFile).forEach(config::addInitParameter);
        inApplication(() -> {
            servlet.init(config);
            return null;
        });
        return servlet;
    }

    String get(Servlet servlet, String path) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest(context, "GET", path);
        request.setServletPath(path);
        request.setParameter("who", "World");
        request.addHeader("Accept-Language", "en");
        MockHttpServletResponse response = new MockHttpServletResponse();
        inApplication(() -> {
            servlet.service(request, response);
            return null;
        });
        return response.getStatus() == 200 ? response.getContentAsString().strip() : "status " + response.getStatus();
    }

    String get(String path) throws Exception {
        return get(servlet(null), path);
    }

    interface Action<T> {
        T run() throws Exception;
    }

    <T> T inApplication(Action<T> action) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loaded.classLoader());
        try {
            return action.run();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static final class Context extends MockServletContext {
        private final LoadedWebApplication loaded;

        Context(LoadedWebApplication loaded) {
            this.loaded = loaded;
            setContextPath("/test");
        }

        private WebResource find(String path) {
            return loaded.resources().find(path.startsWith("/") ? path : "/" + path);
        }

        @Override
        public URL getResource(String path) {
            WebResource found = find(path);
            return found == null ? null : found.url();
        }

        @Override
        public InputStream getResourceAsStream(String path) {
            WebResource found = find(path);
            try {
                return found == null || found.directory() ? null : found.open();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Set<String> getResourcePaths(String path) {
            Set<String> children = loaded.resources().list(path);
            return children.isEmpty() ? null : children;
        }

        @Override
        public String getRealPath(String path) {
            return loaded.root().resolve(path.substring(1)).toString();
        }

        @Override
        public ClassLoader getClassLoader() {
            return loaded.classLoader();
        }

        @Override
        public JspConfigDescriptor getJspConfigDescriptor() {
            JspDescriptor descriptor = loaded.description().jsp();
            List<TaglibDescriptor> libraries = new ArrayList<>();
            descriptor
                    .tagLibraries()
                    .forEach((uri, location) -> libraries.add(
                            view(TaglibDescriptor.class, Map.of("getTaglibURI", uri, "getTaglibLocation", location))));
            List<JspPropertyGroupDescriptor> groups = new ArrayList<>();
            for (JspDescriptor.PropertyGroup group : descriptor.propertyGroups()) {
                groups.add(view(
                        JspPropertyGroupDescriptor.class,
                        Map.of(
                                "getUrlPatterns", group.urlPatterns(),
                                "getIncludePreludes", group.includePreludes(),
                                "getIncludeCodas", group.includeCodas(),
                                "getElIgnored", String.valueOf(group.elIgnored()))));
            }
            return new JspConfigDescriptor() {
                @Override
                public Collection<TaglibDescriptor> getTaglibs() {
                    return libraries;
                }

                @Override
                public Collection<JspPropertyGroupDescriptor> getJspPropertyGroups() {
                    return groups;
                }
            };
        }

        private static <T> T view(Class<T> type, Map<String, ?> values) {
            return type.cast(Proxy.newProxyInstance(
                    type.getClassLoader(),
                    new Class<?>[] {type},
                    (proxy, method, arguments) -> values.get(method.getName())));
        }
    }
}
