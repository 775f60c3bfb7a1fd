package dev.sluice.engine.registration;

import jakarta.servlet.Registration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What servlets and filters have in common: a name, a class, init parameters. Configured by the thread that starts the application; not
 * changed after that.
 */
public abstract class Component implements Registration.Dynamic {
    final RegistrationScope scope;
    private final String name;
    private final Map<String, String> initParameters = new LinkedHashMap<>();
    private @Nullable String className;
    private boolean asyncSupported;

    Component(RegistrationScope scope, String name) {
        this.scope = scope;
        this.name = name;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public @Nullable String getClassName() {
        return className;
    }

    /** Whether nothing has said yet what implements it: the application has to add it by its name (Servlet 6.1, {@code Registration}). */
    boolean preliminary() {
        return className == null;
    }

    void className(@Nullable String value) {
        className = value;
    }

    /** Whether its class supports asynchronous mode by declaration. */
    public boolean asyncSupported() {
        return asyncSupported;
    }

    void asyncSupported(boolean value) {
        asyncSupported = value;
    }

    @Override
    public void setAsyncSupported(boolean value) {
        scope.checkConfigurable("setAsyncSupported");
        asyncSupported = value;
    }

    @Override
    public boolean setInitParameter(String key, String value) {
        scope.checkConfigurable("setInitParameter");
        checkParameter(key, value);
        return initParameters.putIfAbsent(key, value) == null;
    }

    @Override
    public @Nullable String getInitParameter(String key) {
        return initParameters.get(key);
    }

    @Override
    public Set<String> setInitParameters(Map<String, String> parameters) {
        scope.checkConfigurable("setInitParameters");
        parameters.forEach(this::checkParameter);
        Set<String> conflicts = new LinkedHashSet<>(parameters.keySet());
        conflicts.retainAll(initParameters.keySet());
        if (conflicts.isEmpty()) {
            initParameters.putAll(parameters);
        }
        return conflicts;
    }

    @Override
    public Map<String, String> getInitParameters() {
        return Map.copyOf(initParameters);
    }

    /** Sets what the descriptor says. */
    void initParameters(Map<String, String> declared) {
        initParameters.putAll(declared);
    }

    Set<String> initParameterNames() {
        return initParameters.keySet();
    }

    /** Refuses a mapping to nothing: null, no value, or a null among the values. */
    void requireSome(String @Nullable [] values, String what) {
        if (values == null || values.length == 0 || Arrays.asList(values).contains(null)) {
            throw new IllegalArgumentException("A mapping of " + this + " without " + what + ": "
                    + Arrays.toString(values) + " (expected: at least one, and no null)");
        }
    }

    private void checkParameter(@Nullable String key, @Nullable String value) {
        if (key == null || value == null) {
            throw new IllegalArgumentException("The init parameter " + key + "=" + value + " of " + name
                    + " has a null name or value (expected: neither is null)");
        }
    }
}
