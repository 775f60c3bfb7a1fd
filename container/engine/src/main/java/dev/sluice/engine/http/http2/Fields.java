package dev.sluice.engine.http.http2;

import java.util.ArrayList;
import java.util.List;

/** The fields of a header block in their order, pseudo-fields included. Written by one thread before others see it. */
public final class Fields {
    private final List<String> pairs = new ArrayList<>(24);
    private int size;
    private boolean tooLarge;

    /** Appends a field. */
    public Fields add(String name, String value) {
        pairs.add(name);
        pairs.add(value);
        return this;
    }

    /** Appends a decoded field unless there are too many already: then they are counted only. */
    void addWithin(String name, String value, Http2Settings limits) {
        size += name.length() + value.length() + 32;
        tooLarge |= size > limits.maxHeadSize() || count() >= limits.maxHeaderCount();
        if (!tooLarge) {
            add(name, value);
        }
    }

    /** Whether fields were left out because of a limit. */
    public boolean tooLarge() {
        return tooLarge;
    }

    /** The number of fields. */
    public int count() {
        return pairs.size() / 2;
    }

    /** The name of a field. */
    public String name(int index) {
        return pairs.get(2 * index);
    }

    /** The value of a field. */
    public String value(int index) {
        return pairs.get(2 * index + 1);
    }
}
