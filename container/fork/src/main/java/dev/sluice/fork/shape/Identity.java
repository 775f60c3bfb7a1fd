package dev.sluice.fork.shape;

/** Whether objects of a class are hashed by what they are, not by what they contain. */
public final class Identity {
    private static final ClassValue<Boolean> HASHED = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            try {
                return type.getMethod("hashCode").getDeclaringClass() == Object.class
                        && type.getMethod("equals", Object.class).getDeclaringClass() == Object.class;
            } catch (NoSuchMethodException e) {
                throw new IllegalStateException(type.getName() + " has no hashCode or no equals", e);
            }
        }
    };

    private Identity() {}

    public static boolean hashed(Class<?> type) {
        return HASHED.get(type);
    }
}
