package dev.sluice.samples.sharedstate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Prices, written as if there were one customer: it counts the steps of a calculation in a field, and gives a discount by
 * changing the price that it looked up. Both are bugs as soon as two requests use the same object.
 */
final class PriceList {
    private final Map<String, Price> prices = new LinkedHashMap<>();
    private final List<String> steps = new ArrayList<>();

    /** A price that a discount lowers. */
    private static final class Price {
        private int cents;

        Price(int cents) {
            this.cents = cents;
        }
    }

    PriceList add(String item, int cents) {
        prices.put(item, new Price(cents));
        return this;
    }

    /** The price of an item in cents, with the discount of this coupon in per cent. */
    int quote(String item, int discount) {
        Price price = prices.get(item);
        if (price == null) {
            throw new IllegalArgumentException("item: " + item + " (expected: one of " + prices.keySet() + ")");
        }
        steps.add(item + " costs " + price.cents);
        if (discount > 0) {
            price.cents -= price.cents * discount / 100;
            steps.add("minus " + discount + " % is " + price.cents);
        }
        return price.cents;
    }

    /** What was done so far. */
    List<String> steps() {
        return List.copyOf(steps);
    }
}
