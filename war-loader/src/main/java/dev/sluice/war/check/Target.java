package dev.sluice.war.check;

/**
 * Something that holds an object: a static field, an instance field, or a parameter of one method.
 *
 * @param owner the internal name of the class; for a parameter with the method behind it
 */
record Target(Kind kind, String owner, String name) {
    enum Kind {
        STATIC,
        FIELD,
        PARAMETER
    }

    static Target staticField(String owner, String name) {
        return new Target(Kind.STATIC, owner, name);
    }

    static Target field(String owner, String name) {
        return new Target(Kind.FIELD, owner, name);
    }

    static Target parameter(String method, int local) {
        return new Target(Kind.PARAMETER, method, String.valueOf(local));
    }
}
