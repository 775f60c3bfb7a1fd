package dev.sluice.samples.springmvc;

/** There is no item with this id. */
public class NoSuchItemException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NoSuchItemException(int id) {
        super("item " + id + " (expected: the id of an item that exists; GET /items lists them)");
    }
}
