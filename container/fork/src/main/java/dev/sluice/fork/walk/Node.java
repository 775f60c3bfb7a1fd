package dev.sluice.fork.walk;

import dev.sluice.fork.report.ForkCost;
import dev.sluice.fork.shape.Identity;
import dev.sluice.fork.shape.Shape;
import org.jspecify.annotations.Nullable;

/** One object of a graph that is taken apart. Used by one thread while a template is published. */
public final class Node {
    /** Steps of a long path that are shown at either end. */
    private static final int SHOWN = 25;

    public final Shape shape;
    /** Where it was reached first; null at the root. */
    public final @Nullable Node parent;
    /** Which part of the parent it is. */
    final int part;
    /** The application's object; its pristine copy once that exists. */
    public Object source;
    /** The application's object. */
    public final Object original;

    public Object[] parts = {};
    /** For each part the node that stands for it; null for what is shared, and for parts that are null. */
    private @Nullable Node @Nullable [] kids;
    /** Whether every fork rebuilds it. */
    public boolean copied;
    /** Its place among the copied nodes. */
    public int index = -1;

    /** Where forks keep it until everything that refers to it is made. */
    public int slot = -1;
    /** Its strongly connected component while the order of the steps is found. */
    public int component = -1;

    @Nullable
    public Object copy;
    /** Objects and bytes copied in the branch that hangs on this node by first reach. */
    long branchObjects;

    long branchBytes;
    /** What the branch was measured to take in a fork. */
    ForkCost.Share branchCost = ForkCost.Share.NONE;

    Node(Shape shape, Object source, @Nullable Node parent, int part) {
        this.shape = shape;
        this.source = source;
        this.original = source;
        this.parent = parent;
        this.part = part;
    }

    void kid(int index, Node kid) {
        if (kids == null) {
            kids = new Node[parts.length];
        }
        kids[index] = kid;
    }

    @Nullable
    public Node kid(int index) {
        return kids == null ? null : kids[index];
    }

    /** How many parts may have nodes: none when all parts are shared. */
    public int kids() {
        return kids == null ? 0 : kids.length;
    }

    /** The node of this part if forks rebuild it, otherwise null. */
    @Nullable
    public Node copiedKid(int index) {
        Node kid = kid(index);
        return kid != null && kid.copied ? kid : null;
    }

    /** Whether a part is rebuilt that is hashed, compared or given to a constructor. */
    public boolean rebuiltKeys() {
        for (int i = 0; i < kids(); i++) {
            if (shape.looksInto(i) && copiedKid(i) != null) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether making or filling it runs code that may depend on the content of objects that forks rebuild. The hash of an
     * object whose class has no {@code hashCode} of its own depends on nothing.
     */
    public boolean late() {
        for (int i = 0; i < kids(); i++) {
            Node kid = copiedKid(i);
            if (kid != null && shape.looksInto(i) && !(shape.looks() == Shape.Look.HASH && kid.hashedByIdentity())) {
                return true;
            }
        }
        return false;
    }

    private boolean hashedByIdentity() {
        return shape.type.isArray() || Identity.hashed(shape.type) && !Comparable.class.isAssignableFrom(shape.type);
    }

    /** The way from the root. */
    public String path(String name) {
        StringBuilder path = new StringBuilder();
        append(path, name);
        return path.toString();
    }

    private void append(StringBuilder path, String name) {
        java.util.ArrayDeque<Node> way = new java.util.ArrayDeque<>();
        for (Node node = this; node != null; node = node.parent) {
            way.push(node);
        }
        path.append(name);
        int steps = way.size();
        int step = 0;
        for (Node node : way) {
            boolean shown = step < SHOWN || step >= steps - SHOWN;
            if (node.parent != null && shown) {
                path.append(node.parent.shape.label(node.parent.parts, node.part));
            } else if (step == SHOWN) {
                path.append(" ... ");
            }
            step++;
        }
    }
}
