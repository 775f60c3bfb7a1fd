package dev.sluice.war.check;

/**
 * Where a value begins.
 *
 * @param name for a static field {@code owner.name}, for something that was made its class, otherwise empty
 * @param index the parameter's place (the receiver is 0), or the place of the instruction in its method
 */
record Root(Kind kind, String name, int index) {
    enum Kind {
        /** A parameter of the method. */
        PARAMETER,
        /** A static field. */
        STATIC,
        /** An attribute of the servlet context. */
        CONTEXT,
        /** Made in the method. */
        MADE,
        /** What a call returned. */
        RESULT,
        /** A lambda that another method made and returned: its key as the name, and the place of the instruction there. */
        RETURNED
    }

    static final Root CONTEXT = new Root(Kind.CONTEXT, "", 0);

    /** Asked for more often than anything else. */
    @Override
    public int hashCode() {
        return (kind.ordinal() * 31 + name.hashCode()) * 31 + index;
    }

    /** Whether it means something outside its method. */
    boolean global() {
        return kind == Kind.STATIC || kind == Kind.CONTEXT;
    }

    /** Whether it means something in its method only. */
    boolean local() {
        return kind == Kind.MADE || kind == Kind.RESULT;
    }
}
