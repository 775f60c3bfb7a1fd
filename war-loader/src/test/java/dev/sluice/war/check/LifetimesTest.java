package dev.sluice.war.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Setup;
import dev.sluice.war.archive.ClassFiles;
import dev.sluice.war.check.MethodFacts.Escape.Where;
import jakarta.servlet.Servlet;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.Type;

/** Every method of the APIs that is given more than text and numbers says in the table how long that is kept, and no other. */
class LifetimesTest {
    private static final Set<Class<?>> PLAIN = Set.of(Locale.class, Class.class, Charset.class);

    /** Where the classes of an API are. */
    private static Path place(Class<?> type) throws Exception {
        return Path.of(
                new URI(type.getProtectionDomain().getCodeSource().getLocation().toString()));
    }

    private static Set<String> methods(Class<?> some, String prefix) throws Exception {
        Set<String> found = new TreeSet<>();
        for (String file : ClassFiles.names(place(some))) {
            if (file.startsWith(prefix) && !file.contains("/testing/")) {
                Class<?> type = Class.forName(
                        file.substring(0, file.length() - 6).replace('/', '.'), false, some.getClassLoader());
                if (visible(type)) {
                    add(type, found);
                }
            }
        }
        return found;
    }

    private static boolean visible(Class<?> type) {
        return Modifier.isPublic(type.getModifiers())
                && (type.getEnclosingClass() == null || visible(type.getEnclosingClass()));
    }

    private static void add(Class<?> type, Set<String> found) {
        String owner = type.getName().replace('.', '/');
        Stream.concat(Arrays.stream(type.getMethods()), Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> own(method) && holds(method))
                .forEach(method -> found.add(owner + "." + method.getName()));
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (visible(constructor) && holds(constructor)) {
                found.add(owner + ".<init>");
            }
        }
    }

    private static boolean own(Method method) {
        String declared = method.getDeclaringClass().getName();
        return visible(method)
                && !method.isSynthetic()
                && !method.getName().equals("equals")
                && !declared.startsWith("java.");
    }

    private static boolean visible(Executable method) {
        return (method.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0;
    }

    private static boolean holds(Executable method) {
        return Arrays.stream(method.getParameterTypes()).anyMatch(LifetimesTest::holds);
    }

    private static boolean holds(Class<?> type) {
        Class<?> element = type;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        boolean plain = element.isEnum() || PLAIN.contains(element);
        return !plain && Lifetimes.holds(Type.getType(type));
    }

    private static Set<String> rows(String prefix) {
        Set<String> rows = new TreeSet<>(Lifetimes.table().keySet());
        rows.removeIf(row -> !row.startsWith(prefix));
        return rows;
    }

    @Test
    void theHandlerApi() throws Exception {
        assertThat(rows(Lifetimes.HANDLER_API)).containsExactlyElementsOf(methods(Setup.class, Lifetimes.HANDLER_API));
    }

    @Test
    void theServletApi() throws Exception {
        assertThat(rows(Lifetimes.SERVLET_API))
                .containsExactlyElementsOf(methods(Servlet.class, Lifetimes.SERVLET_API));
    }

    @Test
    void whatIsNotInTheTableIsKept() {
        assertThat(Lifetimes.of("dev/sluice/api/Newer", "keep", "(Ljava/lang/Object;)V"))
                .isEqualTo(Where.CONTAINER);
        assertThat(Lifetimes.of("dev/sluice/api/Response", "text", "(Ljava/lang/String;)Ldev/sluice/api/Response;"))
                .isNull();
        assertThat(Lifetimes.of("java/util/List", "add", "(Ljava/lang/Object;)Z"))
                .isNull();
    }
}
