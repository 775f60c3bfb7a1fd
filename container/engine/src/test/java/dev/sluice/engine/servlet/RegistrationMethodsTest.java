package dev.sluice.engine.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.engine.descriptor.FilterDescriptor;
import dev.sluice.engine.descriptor.FilterMapping;
import dev.sluice.engine.descriptor.SecurityConstraint;
import dev.sluice.engine.servlet.ContextMethodsTest.Nothing;
import dev.sluice.engine.servlet.ContextMethodsTest.Through;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.HttpConstraintElement;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.Registration;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.ServletSecurityElement;
import jakarta.servlet.annotation.ServletSecurity.EmptyRoleSemantic;
import jakarta.servlet.http.HttpServlet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The sentences of the Javadoc of {@code Registration}, {@code ServletRegistration} and {@code FilterRegistration}. */
class RegistrationMethodsTest {

    private static void initParameters(Registration.Dynamic registration) {
        assertThat(registration.setInitParameter("a", "1")).isTrue();
        assertThat(registration.setInitParameter("a", "2")).isFalse();
        assertThat(registration.getInitParameter("a")).isEqualTo("1");
        assertThat(registration.getInitParameter("none")).isNull();
        assertThatThrownBy(() -> registration.setInitParameter(null, "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> registration.setInitParameter("x", null)).isInstanceOf(IllegalArgumentException.class);
        Map<String, String> nullValue = new HashMap<>();
        nullValue.put("fine", "1");
        nullValue.put("bad", null);
        assertThatThrownBy(() -> registration.setInitParameters(nullValue))
                .isInstanceOf(IllegalArgumentException.class);
        Map<String, String> nullName = new HashMap<>();
        nullName.put("fine", "1");
        nullName.put(null, "x");
        assertThatThrownBy(() -> registration.setInitParameters(nullName)).isInstanceOf(IllegalArgumentException.class);
        assertThat(registration.getInitParameter("fine")).isNull();
        Set<String> conflicts = registration.setInitParameters(Map.of("a", "3", "b", "4"));
        assertThat(conflicts).containsExactly("a");
        assertThat(registration.getInitParameters()).isEqualTo(Map.of("a", "1"));
        assertThat(registration.setInitParameters(Map.of("b", "4"))).isEmpty();
        assertThatThrownBy(() -> registration.getInitParameters().put("c", "5"))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void initParametersOfServlets() {
        Inside.starting(context -> initParameters(context.addServlet("s", Nothing.class)));
    }

    @Test
    void initParametersOfFilters() {
        Inside.starting(context -> initParameters(context.addFilter("f", Through.class)));
    }

    @Test
    void nothingIsConfiguredAfterTheStart() {
        List<Registration.Dynamic> kept = new ArrayList<>();
        Inside.context(
                TestWebApp.builder().setup(context -> {
                    kept.add(context.addServlet("s", Nothing.class));
                    kept.add(context.addFilter("f", Through.class));
                }),
                context -> {
                    ServletRegistration.Dynamic servlet = (ServletRegistration.Dynamic) kept.get(0);
                    FilterRegistration.Dynamic filter = (FilterRegistration.Dynamic) kept.get(1);
                    List<Inside.Code> calls = List.of(
                            () -> servlet.setInitParameter("a", "1"),
                            () -> servlet.setInitParameters(Map.of("a", "1")),
                            () -> servlet.setAsyncSupported(true),
                            () -> servlet.addMapping("/x"),
                            () -> servlet.setLoadOnStartup(1),
                            () -> servlet.setServletSecurity(new ServletSecurityElement()),
                            () -> servlet.setMultipartConfig(new MultipartConfigElement("")),
                            () -> servlet.setRunAsRole("r"),
                            () -> filter.setInitParameter("a", "1"),
                            () -> filter.setInitParameters(Map.of("a", "1")),
                            () -> filter.setAsyncSupported(true),
                            () -> filter.addMappingForUrlPatterns(null, true, "/x"),
                            () -> filter.addMappingForServletNames(null, true, "s"));
                    assertThat(calls).allSatisfy(call -> assertThatThrownBy(call::run)
                            .isInstanceOf(IllegalStateException.class));
                });
    }

    @Test
    void nullOrEmptyArgumentsAreIllegal() {
        Inside.starting(context -> {
            ServletRegistration.Dynamic servlet = context.addServlet("s", Nothing.class);
            FilterRegistration.Dynamic filter = context.addFilter("f", Through.class);
            List<Inside.Code> calls = List.of(
                    () -> servlet.addMapping(),
                    () -> servlet.addMapping((String[]) null),
                    () -> servlet.addMapping("/a", null),
                    () -> servlet.setServletSecurity(null),
                    () -> servlet.setMultipartConfig(null),
                    () -> servlet.setRunAsRole(null),
                    () -> filter.addMappingForUrlPatterns(null, true),
                    () -> filter.addMappingForUrlPatterns(null, true, (String[]) null),
                    () -> filter.addMappingForUrlPatterns(null, true, "/a", null),
                    () -> filter.addMappingForServletNames(null, true),
                    () -> filter.addMappingForServletNames(null, true, (String[]) null),
                    () -> filter.addMappingForServletNames(null, true, "s", null));
            assertThat(calls)
                    .allSatisfy(call -> assertThatThrownBy(call::run).isInstanceOf(IllegalArgumentException.class));
            assertThat(servlet.getMappings()).isEmpty();
            assertThat(filter.getUrlPatternMappings()).isEmpty();
            assertThat(filter.getServletNameMappings()).isEmpty();
        });
    }

    @Test
    void mappingsAddUpAndThoseOfAnotherServletAreReturnedWithoutAnyChange() {
        Inside.starting(context -> {
            ServletRegistration.Dynamic first = context.addServlet("first", Nothing.class);
            assertThat(first.addMapping("/a")).isEmpty();
            assertThat(first.addMapping("/b", "/a")).isEmpty();
            assertThat(first.getMappings()).containsExactly("/a", "/b");
            ServletRegistration.Dynamic second = context.addServlet("second", Nothing.class);
            assertThat(second.addMapping("/c", "/b", "/a")).containsExactlyInAnyOrder("/a", "/b");
            assertThat(second.getMappings()).isEmpty();
        });
    }

    @Test
    void collectionsThatAreGivenAwayAreNotBackedByTheRegistration() {
        Inside.starting(context -> {
            ServletRegistration.Dynamic servlet = context.addServlet("s", Nothing.class);
            servlet.addMapping("/a");
            add(servlet.getMappings());
            assertThat(servlet.getMappings()).containsExactly("/a");
            FilterRegistration.Dynamic filter = context.addFilter("f", Through.class);
            filter.addMappingForUrlPatterns(null, true, "/p");
            filter.addMappingForServletNames(null, true, "s");
            add(filter.getUrlPatternMappings());
            add(filter.getServletNameMappings());
            assertThat(filter.getUrlPatternMappings()).containsExactly("/p");
            assertThat(filter.getServletNameMappings()).containsExactly("s");
        });
    }

    private static void add(Collection<String> collection) {
        try {
            collection.add("/more");
        } catch (UnsupportedOperationException unmodifiable) {
            assertThat(collection).isNotEmpty();
        }
    }

    @Test
    void namesAndClassNames() {
        Inside.starting(context -> {
            assertThat(context.addServlet("s", new Nothing()).getClassName()).isEqualTo(Nothing.class.getName());
            assertThat(context.getServletRegistration("s").getName()).isEqualTo("s");
            assertThat(context.getServletRegistration("none")).isNull();
            assertThat(context.addFilter("f", Through.class).getClassName()).isEqualTo(Through.class.getName());
            assertThat(context.getFilterRegistration("f").getName()).isEqualTo("f");
            assertThat(context.getFilterRegistration("none")).isNull();
        });
    }

    @Test
    void theRunAsRoleIsNullUntilItIsSet() {
        Inside.starting(context -> {
            ServletRegistration.Dynamic servlet = context.addServlet("s", Nothing.class);
            assertThat(servlet.getRunAsRole()).isNull();
            servlet.setRunAsRole("r");
            assertThat(servlet.getRunAsRole()).isEqualTo("r");
        });
    }

    @Test
    void asynchronousModeIsOffByDefault() {
        Inside.Guard guard = new Inside.Guard();
        try (TestWebApp app = TestWebApp.builder()
                .setup(context -> context.addServlet("s", new HttpServlet() {
                            private static final long serialVersionUID = 1L;

                            @Override
                            protected void doGet(
                                    jakarta.servlet.http.HttpServletRequest request,
                                    jakarta.servlet.http.HttpServletResponse response) {
                                guard.run(() -> {
                                    assertThat(request.isAsyncSupported()).isFalse();
                                    assertThatThrownBy(request::startAsync).isInstanceOf(IllegalStateException.class);
                                });
                            }
                        })
                        .addMapping("/s"))
                .start()) {
            app.get("/app/s");
            guard.done();
        }
    }

    @Test
    void servletsAreInitialisedInTheOrderOfLoadOnStartupAfterTheListeners() {
        List<String> made = new ArrayList<>();
        Inside.starting(
                TestWebApp.builder().setup(context -> {
                    context.addListener(new jakarta.servlet.ServletContextListener() {
                        @Override
                        public void contextInitialized(jakarta.servlet.ServletContextEvent event) {
                            made.add("listener");
                        }
                    });
                    context.addServlet("late", noting(made, "late")).setLoadOnStartup(7);
                    context.addServlet("lazy", noting(made, "lazy"));
                    ServletRegistration.Dynamic early = context.addServlet("early", noting(made, "early"));
                    early.setLoadOnStartup(9);
                    early.setLoadOnStartup(0);
                }),
                context -> {});
        assertThat(made).containsExactly("listener", "early", "late");
    }

    private static HttpServlet noting(List<String> made, String name) {
        return new HttpServlet() {
            private static final long serialVersionUID = 1L;

            @Override
            public void init() {
                made.add(name);
            }
        };
    }

    private static Filter naming(List<String> calls, String name) {
        return (request, response, chain) -> {
            calls.add(name);
            chain.doFilter(request, response);
        };
    }

    /** Says that it was called. */
    public static final class Declared implements Filter {
        static final ThreadLocal<List<String>> CALLS = new ThreadLocal<>();
        private List<String> calls = List.of();

        @Override
        public void init(jakarta.servlet.FilterConfig config) {
            calls = CALLS.get();
        }

        @Override
        public void doFilter(
                jakarta.servlet.ServletRequest request,
                jakarta.servlet.ServletResponse response,
                jakarta.servlet.FilterChain chain)
                throws java.io.IOException, jakarta.servlet.ServletException {
            calls.add("declared");
            chain.doFilter(request, response);
        }
    }

    @Test
    void filterMappingsAreMatchedInTheirOrderBeforeOrAfterTheDeclaredOnes() {
        List<String> calls = new ArrayList<>();
        Declared.CALLS.set(calls);
        try {
            Inside.get(
                    TestWebApp.builder()
                            .descriptor(builder -> builder.filters(List.of(
                                            new FilterDescriptor("d", Declared.class.getName(), Map.of(), true)))
                                    .filterMappings(List.of(new FilterMapping(
                                            "d", List.of("/*"), List.of(), Set.of(DispatcherType.REQUEST)))))
                            .setup(context -> {
                                for (String name : List.of("before1", "before2", "after1", "after2")) {
                                    context.addFilter(name, naming(calls, name))
                                            .addMappingForUrlPatterns(null, name.startsWith("after"), "/check/*");
                                }
                            }),
                    (request, response) -> {});
        } finally {
            Declared.CALLS.remove();
        }
        assertThat(calls).containsExactly("before1", "before2", "declared", "after1", "after2");
    }

    @Test
    void aMappingWithoutDispatcherTypesIsForRequests() {
        List<String> calls = new ArrayList<>();
        Inside.get(
                TestWebApp.builder().servlet("/t", (request, response) -> {}).setup(context -> {
                    FilterRegistration.Dynamic filter = context.addFilter("f", naming(calls, "called"));
                    filter.addMappingForUrlPatterns(null, true, "/t");
                    filter.addMappingForUrlPatterns(EnumSet.noneOf(DispatcherType.class), true, "/u");
                }),
                (request, response) -> {
                    request.getRequestDispatcher("/t").include(request, response);
                    assertThat(calls).isEmpty();
                });
    }

    @Test
    void securityByProgramLeavesConstraintsOfTheDescriptorAlone() {
        SecurityConstraint declared = new SecurityConstraint(
                List.of(new SecurityConstraint.ResourceCollection("a", List.of("/a"), Set.of(), Set.of())),
                Set.of("admin"),
                SecurityConstraint.Transport.NONE);
        try (TestWebApp app = TestWebApp.builder()
                .descriptor(builder -> builder.securityConstraints(List.of(declared)))
                .setup(context -> {
                    ServletRegistration.Dynamic servlet = context.addServlet("s", Nothing.class);
                    servlet.addMapping("/a", "/b");
                    Set<String> left = servlet.setServletSecurity(
                            new ServletSecurityElement(new HttpConstraintElement(EmptyRoleSemantic.DENY)));
                    assertThat(left).containsExactly("/a");
                    servlet.addMapping("/c");
                })
                .start()) {
            assertThat(app.get("/app/b").status()).isEqualTo(403);
            assertThat(app.get("/app/c").status())
                    .as("a mapping that was added later")
                    .isEqualTo(403);
            assertThat(app.get("/app/a").status()).as("as the descriptor says").isIn(401, 403);
        }
    }

    @Test
    void securityByProgramReplacesAnEarlierCall() {
        try (TestWebApp app = TestWebApp.builder()
                .setup(context -> {
                    ServletRegistration.Dynamic servlet = context.addServlet("s", Nothing.class);
                    servlet.addMapping("/a");
                    servlet.setServletSecurity(
                            new ServletSecurityElement(new HttpConstraintElement(EmptyRoleSemantic.DENY)));
                    assertThat(servlet.setServletSecurity(new ServletSecurityElement()))
                            .isEmpty();
                })
                .start()) {
            assertThat(app.get("/app/a").status()).isEqualTo(405);
        }
    }
}
