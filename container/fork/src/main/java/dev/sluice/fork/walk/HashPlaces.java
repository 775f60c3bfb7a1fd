package dev.sluice.fork.walk;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * Whether the places of keys in an array are those that their hashes give, by one of the ways in which hash tables find a
 * place. Few keys may stand right by accident.
 */
final class HashPlaces {
    /** Finds the place of a hash in a table of a length. */
    private interface Home {
        int of(int hash, int length);
    }

    private static final int GOLDEN = 0x9E3779B9;

    private static final List<Home> HOMES = List.of(
            Math::floorMod,
            (hash, length) -> Math.abs(hash % length),
            (hash, length) -> (hash & Integer.MAX_VALUE) % length,
            (hash, length) -> Math.floorMod(hash ^ hash >>> 16, length),
            (hash, length) -> Math.floorMod(older(hash), length),
            (hash, length) -> Math.floorMod(hash * GOLDEN, length),
            (hash, length) -> Math.floorMod(hash * GOLDEN ^ hash * GOLDEN >>> 16, length),
            (hash, length) -> hash * GOLDEN >>> 1 + Integer.numberOfLeadingZeros(Math.max(1, length - 1)) - 1,
            (hash, length) -> Math.floorMod(murmur(hash), length),
            (hash, length) -> Math.floorMod((hash << 1) - (hash << 8), 2 * length) / 2);

    private final int length;
    private final List<Object> keys = new ArrayList<>();
    private final List<Integer> places = new ArrayList<>();

    HashPlaces(int length) {
        this.length = length;
    }

    private static int older(int hash) {
        int mixed = hash ^ hash >>> 20 ^ hash >>> 12;
        return mixed ^ mixed >>> 7 ^ mixed >>> 4;
    }

    private static int murmur(int hash) {
        int mixed = (hash ^ hash >>> 16) * 0x85ebca6b;
        mixed = (mixed ^ mixed >>> 13) * 0xc2b2ae35;
        return mixed ^ mixed >>> 16;
    }

    void add(int place, Object key) {
        keys.add(key);
        places.add(place);
    }

    List<Object> keys() {
        return keys;
    }

    /**
     * How little it can be an accident that all keys stand where their hashes say: in bits, 0 if they do not.
     *
     * @param probing whether a key may stand behind others that have its place
     */
    double evidence(ToIntFunction<Object> hash, boolean probing) {
        int[] hashes = keys.stream().mapToInt(hash).toArray();
        double whole = evidence(hashes, length, 1, probing);
        // one place more for a key that is null
        double withNull = evidence(hashes, length - 1, 1, probing);
        // keys and values in turn
        double inTurn = evidence(hashes, length / 2, 2, probing);
        return Math.max(whole, Math.max(withNull, inTurn));
    }

    private double evidence(int[] hashes, int size, int stride, boolean probing) {
        if (size < 2 || places.stream().anyMatch(place -> place % stride != 0 || place / stride >= size)) {
            return 0;
        }
        Set<Integer> taken = new HashSet<>();
        places.forEach(place -> taken.add(place / stride));
        int[] runs = new int[hashes.length];
        double bits = 0;
        for (int i = 0; i < runs.length; i++) {
            runs[i] = probing ? run(places.get(i) / stride, taken, size) : 1;
            bits += Math.log((double) size / runs[i]) / Math.log(2);
        }
        boolean explained = HOMES.stream().anyMatch(home -> {
            for (int i = 0; i < hashes.length; i++) {
                int behind = Math.floorMod(places.get(i) / stride - home.of(hashes[i], size), size);
                if (behind >= runs[i]) {
                    return false;
                }
            }
            return true;
        });
        return explained ? bits : 0;
    }

    /** From how many homes one would come to this place. */
    private static int run(int place, Set<Integer> taken, int size) {
        int run = 1;
        while (run < size && taken.contains(Math.floorMod(place - run, size))) {
            run++;
        }
        return run;
    }
}
