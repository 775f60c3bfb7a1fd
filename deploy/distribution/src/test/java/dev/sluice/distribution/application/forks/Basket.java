package dev.sluice.distribution.application.forks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

/** State written as if for one request: a list, and a function that counts in a variable that it captured. */
final class Basket {
    private final List<String> items = new ArrayList<>(List.of("published"));
    private final IntSupplier counter = counting(new int[1]);
    private final Vendor vendor = new Vendor();

    private static IntSupplier counting(int[] captured) {
        return () -> ++captured[0];
    }

    Basket add(String item) {
        items.add(item + " " + counter.getAsInt());
        return this;
    }

    Vendor vendor() {
        return vendor;
    }

    @Override
    public String toString() {
        return items.toString();
    }

    /** Stands for a class of a third party that cannot be annotated; the server's configuration names it as shared. */
    static final class Vendor {
        private int calls;

        synchronized int call() {
            return ++calls;
        }
    }
}
