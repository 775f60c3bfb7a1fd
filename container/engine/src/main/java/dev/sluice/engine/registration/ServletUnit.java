package dev.sluice.engine.registration;

import dev.sluice.engine.descriptor.ServletDescriptor;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.ServletSecurityElement;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One servlet: its registration, its configuration and, through {@link ServletInstance}, its instance. */
public final class ServletUnit extends Component implements ServletRegistration.Dynamic, ServletConfig {
    private final Registrations registrations;
    private final Set<String> urlPatterns = new LinkedHashSet<>();
    private final ServletInstance instance = new ServletInstance(this);
    private @Nullable Class<? extends Servlet> type;
    private @Nullable Servlet supplied;
    private @Nullable String jspFile;
    private int loadOnStartup = -1;
    private boolean enabled = true;
    private boolean providedByContainer;
    private boolean forkedPerRequest;
    private @Nullable String runAs;
    private Map<String, String> roleReferences = Map.of();
    private @Nullable MultipartConfigElement multipart;
    private @Nullable ServletSecurityElement security;

    ServletUnit(Registrations registrations, String name) {
        super(registrations.scope(), name);
        this.registrations = registrations;
    }

    void declare(ServletDescriptor declared) {
        className(declared.className());
        initParameters(declared.initParameters());
        asyncSupported(declared.asyncSupported());
        jspFile = declared.jspFile();
        loadOnStartup = declared.loadOnStartup();
        enabled = declared.enabled();
        runAs = declared.runAs();
        roleReferences = declared.roleReferences();
        if (declared.multipart() != null) {
            multipart = new MultipartConfigElement(
                    declared.multipart().location(),
                    declared.multipart().maxFileSize(),
                    declared.multipart().maxRequestSize(),
                    declared.multipart().fileSizeThreshold());
        }
    }

    void type(Class<? extends Servlet> value) {
        type = value;
        className(value.getName());
    }

    void supply(Servlet value) {
        supplied = value;
        type(value.getClass());
    }

    void jspFile(String value) {
        jspFile = value;
    }

    @Override
    boolean preliminary() {
        return super.preliminary() && jspFile == null;
    }

    void providedByContainer(boolean value) {
        providedByContainer = value;
    }

    /** Another servlet may take over its patterns: the container's own default servlet and JSP servlet. */
    public boolean containerProvided() {
        return providedByContainer;
    }

    void addPattern(String pattern) {
        urlPatterns.add(pattern);
    }

    void removePattern(String pattern) {
        urlPatterns.remove(pattern);
    }

    /** Its instance. */
    public ServletInstance instance() {
        return instance;
    }

    /** The class if it is known already: given by the application or loaded. */
    public @Nullable Class<? extends Servlet> type() {
        return type;
    }

    @Nullable
    Servlet supplied() {
        return supplied;
    }

    /** The path of the JSP that implements it, or null. */
    public @Nullable String jspFile() {
        return jspFile;
    }

    /** Its place in the start-up order; negative: on first use. */
    public int loadOnStartup() {
        return loadOnStartup;
    }

    /** False: requests for it are answered with 404. */
    public boolean enabled() {
        return enabled;
    }

    /** The roles that it calls by names of its own: role-name to role-link. */
    public Map<String, String> roleReferences() {
        return roleReferences;
    }

    /** Whether every request gets a fork of the instance. */
    public boolean forkedPerRequest() {
        return forkedPerRequest;
    }

    /** Takes what its class or configuration says; while the application starts. */
    public void forkedPerRequest(boolean value) {
        forkedPerRequest = value;
    }

    /** How it takes multipart requests; null: not at all. */
    public @Nullable MultipartConfigElement multipart() {
        return multipart;
    }

    /** Takes what an annotation of its class says, where nothing else was said. */
    public void multipartIfAbsent(MultipartConfigElement element) {
        if (multipart == null) {
            multipart = element;
        }
    }

    /** Takes what an annotation of its class says, where nothing else was said. */
    public void runAsIfAbsent(String role) {
        if (runAs == null) {
            runAs = role;
        }
    }

    /** Set by {@code setServletSecurity}, or null. */
    public @Nullable ServletSecurityElement security() {
        return security;
    }

    @Override
    public void setLoadOnStartup(int order) {
        scope.checkConfigurable("setLoadOnStartup");
        loadOnStartup = order;
    }

    @Override
    public Set<String> setServletSecurity(ServletSecurityElement constraint) {
        scope.checkConfigurable("setServletSecurity");
        requireArgument(constraint, "constraint");
        security = constraint;
        return scope.secure(getName(), List.copyOf(urlPatterns), constraint);
    }

    @Override
    public void setMultipartConfig(MultipartConfigElement element) {
        scope.checkConfigurable("setMultipartConfig");
        requireArgument(element, "multipartConfig");
        multipart = element;
    }

    @Override
    public void setRunAsRole(String role) {
        scope.checkConfigurable("setRunAsRole");
        requireArgument(role, "roleName");
        runAs = role;
    }

    @Override
    public Set<String> addMapping(String... patterns) {
        scope.checkConfigurable("addMapping");
        requireSome(patterns, "URL patterns");
        return registrations.map(this, List.of(patterns));
    }

    @Override
    public Collection<String> getMappings() {
        return List.copyOf(urlPatterns);
    }

    @Override
    public @Nullable String getRunAsRole() {
        return runAs;
    }

    @Override
    public String getServletName() {
        return getName();
    }

    @Override
    public ServletContext getServletContext() {
        return scope.context();
    }

    @Override
    public Enumeration<String> getInitParameterNames() {
        return Collections.enumeration(initParameterNames());
    }

    /** Loads the class if it is not known yet; without running its static initialiser. */
    public Class<? extends Servlet> loadType() throws ServletException {
        Class<? extends Servlet> known = type;
        if (known == null) {
            known = TypeLoading.load(
                    scope.classLoader(), String.valueOf(getClassName()), Servlet.class, "servlet " + getName());
            type = known;
        }
        return known;
    }

    private void requireArgument(@Nullable Object argument, String parameter) {
        if (argument == null) {
            throw new IllegalArgumentException(
                    "The argument " + parameter + " of servlet " + getName() + " is null (expected: a value)");
        }
    }

    @Override
    public String toString() {
        return "servlet " + getName() + " (" + (jspFile != null ? jspFile : getClassName()) + ")";
    }
}
