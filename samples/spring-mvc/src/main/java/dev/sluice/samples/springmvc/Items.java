package dev.sluice.samples.springmvc;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.stereotype.Component;

/** The items, in memory. Safe for use by many threads. */
@Component
public class Items {
    private final List<Item> items =
            new CopyOnWriteArrayList<>(List.of(new Item(1, "tea", 4), new Item(2, "caf\u00e9", 5)));

    /** All items, in the order in which they were added. */
    public List<Item> all() {
        return List.copyOf(items);
    }

    /**
     * The item with an id.
     *
     * @throws NoSuchItemException if there is none
     */
    public Item find(int id) {
        return items.stream()
                .filter(item -> item.id() == id)
                .findFirst()
                .orElseThrow(() -> new NoSuchItemException(id));
    }

    /** Adds an item under the next id. */
    public synchronized Item add(String name, int price) {
        Item added = new Item(items.size() + 1, name, price);
        items.add(added);
        return added;
    }
}
