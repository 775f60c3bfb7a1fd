package dev.sluice.engine.naming;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.util.Locale;

/** A field or a setter that gets a value; immutable. */
record InjectionPoint(Member member, Class<?> type) {

    /**
     * The setter of a property, else the field, that a class declares itself (Jakarta EE Platform 11, 5.2.5).
     *
     * @throws NoSuchFieldException if there is neither
     */
    static InjectionPoint of(Class<?> type, String property) throws NoSuchFieldException {
        String setter = "set" + property.substring(0, 1).toUpperCase(Locale.ROOT) + property.substring(1);
        for (Method method : type.getDeclaredMethods()) {
            if (method.getName().equals(setter) && method.getParameterCount() == 1) {
                return new InjectionPoint(method, method.getParameterTypes()[0]);
            }
        }
        Field field = type.getDeclaredField(property);
        return new InjectionPoint(field, field.getType());
    }

    void set(Object instance, Object value) throws IllegalAccessException, InvocationTargetException {
        if (member instanceof Field field) {
            field.setAccessible(true);
            field.set(instance, value);
        } else if (member instanceof Method method) {
            method.setAccessible(true);
            method.invoke(instance, value);
        }
    }
}
