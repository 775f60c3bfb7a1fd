package dev.sluice.fork.walk;

import dev.sluice.fork.shape.ClassOrigin;
import dev.sluice.fork.shape.Fields;
import dev.sluice.fork.shape.Shape;
import dev.sluice.fork.treatment.Classifier;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds what can be changed in a constant of an enum, which is one for all forks whatever it holds. */
final class EnumState {
    private static final int DEEPEST = 6;
    private static final int WIDEST = 100;

    private final Classifier classifier;

    EnumState(Classifier classifier) {
        this.classifier = classifier;
    }

    /** The way to the first thing that can be changed, from the constant; null when there is none. */
    @Nullable
    String mutable(Enum<?> constant) {
        Class<?> type = constant.getClass();
        if (ClassOrigin.inJdk(type)) {
            return null;
        }
        try {
            List<Field> fields = Fields.of(type, Enum.class);
            for (Field field : fields) {
                if (!Modifier.isFinal(field.getModifiers())) {
                    return "." + field.getName();
                }
            }
            for (Field field : fields) {
                String below = field.getType().isPrimitive() ? null : below(Fields.get(field, constant), DEEPEST);
                if (below != null) {
                    return "." + field.getName() + below;
                }
            }
            return null;
        } catch (InaccessibleObjectException closed) {
            // Not open to this module: nothing can be said about it.
            return null;
        }
    }

    private @Nullable String below(@Nullable Object object, int depth) {
        if (object == null || depth == 0 || !(classifier.verdict(object) instanceof Shape shape)) {
            return null;
        }
        if (shape.mutable()) {
            return "";
        }
        Object[] parts = shape.parts(object);
        for (int i = 0; i < Math.min(parts.length, WIDEST); i++) {
            String below = shape.sharedPart(i) ? null : below(parts[i], depth - 1);
            if (below != null) {
                return shape.label(parts, i) + below;
            }
        }
        return null;
    }
}
