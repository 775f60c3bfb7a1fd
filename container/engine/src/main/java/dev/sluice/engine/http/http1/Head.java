package dev.sluice.engine.http.http1;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The head of a request, or trailers, as {@link HeadParser} has read it: places in the bytes, made into strings when somebody asks. It is
 * good as long as the bytes stay where they are; {@link #keep} makes it independent of them.
 */
public final class Head {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final int PARTS =
            5; // of a field: begin and end of its name, begin and end of its value, hash of its name

    private ByteBuffer bytes = NOTHING;
    private int base;
    private int[] fields;
    private int count;
    private long known;

    // Written by the parser; places count from the beginning of the head.
    int methodEnd;
    int targetEnd;
    int minor;
    int length;
    int targetHash;
    boolean plainTarget;

    @Nullable
    String host;

    Head(int expected) {
        fields = new int[PARTS * expected];
    }

    void clear() {
        bytes = NOTHING;
        count = 0;
        known = 0;
        host = null;
        length = 0;
    }

    void in(ByteBuffer source, int from) {
        bytes = source;
        base = from;
    }

    void add(int nameFrom, int nameEnd, int hash, @Nullable KnownField field) {
        int at = PARTS * count++;
        if (at == fields.length) {
            fields = Arrays.copyOf(fields, 2 * at + PARTS);
        }
        fields[at] = nameFrom;
        fields[at + 1] = nameEnd;
        fields[at + 4] = hash;
        if (field != null) {
            known |= field.bit();
        }
    }

    /** The value of the last field, without the white space around it. */
    void closeValue(int from, int end) {
        int first = from;
        int last = end;
        while (first < last && isSpace(bytes.get(base + first))) {
            first++;
        }
        while (last > first && isSpace(bytes.get(base + last - 1))) {
            last--;
        }
        int at = PARTS * (count - 1);
        fields[at + 2] = first;
        fields[at + 3] = last;
    }

    private static boolean isSpace(int c) {
        return c == ' ' || c == '\t';
    }

    /** How many fields have a name with this hash. */
    int namesLike(int hash) {
        int same = 0;
        for (int i = 0; i < count; i++) {
            same += fields[PARTS * i + 4] == hash ? 1 : 0;
        }
        return same;
    }

    /** Takes the bytes of the head into its own array. */
    public void keep() {
        byte[] own = new byte[length];
        bytes.get(base, own);
        in(ByteBuffer.wrap(own), 0);
    }

    /** The bytes that it was read from. */
    public ByteBuffer bytes() {
        return bytes;
    }

    /** Where it begins there. */
    public int begin() {
        return base;
    }

    /** Bytes of the head, with the empty line at its end. */
    public int length() {
        return length;
    }

    /** The method as sent. */
    public String method() {
        return is("GET") ? "GET" : is("POST") ? "POST" : text(0, methodEnd);
    }

    /** Whether the method is this one. */
    public boolean is(String method) {
        return Bytes.equal(bytes, base, base + methodEnd, method);
    }

    /** The request target as sent. */
    public String target() {
        return targetEnd - methodEnd == 2 && bytes.get(base + targetBegin()) == '/'
                ? "/"
                : text(targetBegin(), targetEnd);
    }

    /** Where the target begins in the head. */
    public int targetBegin() {
        return methodEnd + 1;
    }

    /** Where the target ends in the head. */
    public int targetEnd() {
        return targetEnd;
    }

    /** A hash of the target's bytes: each times 31 and the next. */
    public int targetHash() {
        return targetHash;
    }

    /** Whether the target is a path that can be named in one way only: without query, escapes and parameters. */
    public boolean plainTarget() {
        return plainTarget;
    }

    /** The minor version of HTTP/1: 0 or 1. */
    public int minorVersion() {
        return minor;
    }

    /** The Host field's value; null if there is none. */
    public @Nullable String host() {
        return host;
    }

    /** Fields, each as often as it came. */
    public int count() {
        return count;
    }

    /** The bits of the known fields that there are. */
    public long known() {
        return known;
    }

    /** Whether there is such a field. */
    public boolean has(KnownField field) {
        return (known & field.bit()) != 0;
    }

    /** The name of a field as sent. */
    public String name(int index) {
        int at = PARTS * index;
        int from = base + fields[at];
        int end = base + fields[at + 1];
        KnownField field = KnownField.find(bytes, from, end, fields[at + 4]);
        String usual = field == null ? null : field.spelled(bytes, from, end);
        return usual == null ? Bytes.text(bytes, from, end) : usual;
    }

    /** Whether a field has this name, without case. */
    public boolean named(int index, String name) {
        int at = PARTS * index;
        return Bytes.equalIgnoringCase(bytes, base + fields[at], base + fields[at + 1], name);
    }

    /** The value of a field, a character for each byte, without the white space around it. */
    public String value(int index) {
        int from = base + valueBegin(index);
        int end = base + valueEnd(index);
        String shared = host;
        if (shared != null && Bytes.equal(bytes, from, end, shared)) {
            return shared;
        }
        String usual = Bytes.known(bytes, from, end);
        return usual == null ? Bytes.text(bytes, from, end) : usual;
    }

    /** Where a value begins in the head. */
    public int valueBegin(int index) {
        return fields[PARTS * index + 2];
    }

    /** Where a value ends in the head. */
    public int valueEnd(int index) {
        return fields[PARTS * index + 3];
    }

    /** Whether a value is exactly this text. */
    public boolean valueIs(int index, String text) {
        return Bytes.equal(bytes, base + valueBegin(index), base + valueEnd(index), text);
    }

    /** Whether a value is this text, without case. */
    public boolean valued(int index, String text) {
        return Bytes.equalIgnoringCase(bytes, base + valueBegin(index), base + valueEnd(index), text);
    }

    /** The first field with this name, without case; -1 if there is none. */
    public int find(String name) {
        for (int i = 0; i < count; i++) {
            if (named(i, name)) {
                return i;
            }
        }
        return -1;
    }

    /** The first field of this kind; -1 if there is none. */
    public int find(KnownField field) {
        return has(field) ? find(field.lowerCase()) : -1;
    }

    /** How many fields of this kind there are. */
    public int occurrences(KnownField field) {
        int found = 0;
        for (int i = has(field) ? 0 : count; i < count; i++) {
            found += named(i, field.lowerCase()) ? 1 : 0;
        }
        return found;
    }

    /** Whether a name begins with this text, without case. */
    public boolean nameStartsWith(int index, String text) {
        int at = PARTS * index;
        return Bytes.startsWith(bytes, base + fields[at], base + fields[at + 1], text);
    }

    /** The first value of the field with this name, without case; null if there is none. */
    public @Nullable String first(String name) {
        int index = find(name);
        return index < 0 ? null : value(index);
    }

    /** The bytes between these places of the head, as characters. */
    public String text(int from, int end) {
        return Bytes.text(bytes, base + from, base + end);
    }

    @Override
    public String toString() {
        return length == 0 ? "no head" : method() + " with " + count + " fields";
    }
}
