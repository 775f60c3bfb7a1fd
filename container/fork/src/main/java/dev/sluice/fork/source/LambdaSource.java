package dev.sluice.fork.source;

import dev.sluice.fork.report.SourceLocation;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where a lambda was made and what its captured variables are called, from the class file of the class that made it. The
 * lambda's class does not tell which instruction made it; one with the same functional interface and the same captured
 * types does. When several have, all of them are named.
 */
public final class LambdaSource {
    private final String className;
    private final @Nullable String file;
    private final List<ClassFileReader.Site> sites;
    private final List<String> captured;

    private LambdaSource(
            String className, @Nullable String file, List<ClassFileReader.Site> sites, List<String> captured) {
        this.className = className;
        this.file = file;
        this.sites = sites;
        this.captured = captured;
    }

    public static LambdaSource of(Class<?> lambda) {
        String maker = lambda.getName().substring(0, lambda.getName().indexOf("$$Lambda"));
        List<Field> fields = Arrays.stream(lambda.getDeclaredFields())
                .filter(f -> !Modifier.isStatic(f.getModifiers()))
                .toList();
        List<String> unknown = fields.stream().map(Field::getName).toList();
        String resource = maker.replace('.', '/') + ".class";
        ClassLoader loader = lambda.getClassLoader();
        try (InputStream in = loader == null
                ? ClassLoader.getSystemResourceAsStream(resource)
                : loader.getResourceAsStream(resource)) {
            if (in == null) {
                return new LambdaSource(maker, null, List.of(), unknown);
            }
            ClassFileReader reader = ClassFileReader.of(in);
            List<ClassFileReader.Site> sites = matching(reader.sites(), lambda, fields);
            List<String> names = sites.isEmpty() ? unknown : names(reader, sites.get(0), fields);
            return new LambdaSource(maker, reader.sourceFile(), sites, names);
        } catch (IOException | RuntimeException unreadable) {
            // A class file that was transformed or obfuscated costs the line number, not the finding.
            return new LambdaSource(maker, null, List.of(), unknown);
        }
    }

    private static List<ClassFileReader.Site> matching(
            List<ClassFileReader.Site> sites, Class<?> lambda, List<Field> fields) {
        String captured =
                fields.stream().map(f -> f.getType().descriptorString()).collect(Collectors.joining());
        List<ClassFileReader.Site> matching = new ArrayList<>();
        for (Class<?> type : lambda.getInterfaces()) {
            String descriptor = "(" + captured + ")" + type.descriptorString();
            sites.stream().filter(s -> s.descriptor().equals(descriptor)).forEach(matching::add);
        }
        return matching;
    }

    private static List<String> names(ClassFileReader reader, ClassFileReader.Site site, List<Field> fields) {
        Map<Integer, String> variables = reader.variables(site.body());
        boolean written = site.body().startsWith("lambda$");
        List<String> names = new ArrayList<>();
        int slot = 0;
        for (Field field : fields) {
            boolean receiver = slot == 0 && site.capturesThis();
            String unknown = receiver && !written ? "receiver" : field.getName();
            names.add(written ? variables.getOrDefault(slot, receiver ? "this" : unknown) : unknown);
            slot += field.getType() == long.class || field.getType() == double.class ? 2 : 1;
        }
        return names;
    }

    /** What the source calls the captured value at this index, or the field of the lambda's class. */
    public String captured(int index) {
        return captured.get(index);
    }

    /** The place, with a line when only one fits. */
    public SourceLocation location() {
        if (sites.size() == 1) {
            return new SourceLocation(
                    className, sites.get(0).method(), file, sites.get(0).line());
        }
        boolean sameMethod =
                sites.stream().map(ClassFileReader.Site::method).distinct().count() == 1;
        return new SourceLocation(className, sameMethod ? sites.get(0).method() : null, file, 0);
    }

    /** The places when several fit, otherwise nothing. */
    public String candidates() {
        return sites.size() < 2
                ? ""
                : sites.stream()
                        .map(s -> s.method() + " line " + s.line())
                        .collect(Collectors.joining(", ", " (by one of the lambdas made in ", ")"));
    }
}
