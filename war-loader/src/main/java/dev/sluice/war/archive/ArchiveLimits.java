package dev.sluice.war.archive;

/**
 * How much an archive may unpack to, with the jars in it. Counted while it is read: what the archive itself says about sizes is only believed
 * when it says too much.
 *
 * @param unpacked bytes of all entries together
 * @param entries files and directories, in the archive and in its jars
 * @param ratio how many times its packed size an entry may unpack to, once it is larger than {@link #SMALL}
 */
public record ArchiveLimits(long unpacked, int entries, int ratio) {
    /** Bytes up to which the ratio of an entry does not matter: short repetitive files are packed very well. */
    public static final long SMALL = 1 << 20;

    /** 2 GiB in 200,000 entries, none of which is packed to less than a hundredth. */
    public static final ArchiveLimits DEFAULT = new ArchiveLimits(2L << 30, 200_000, 100);

    /** Checks the values. */
    public ArchiveLimits {
        if (unpacked < 1 || entries < 1 || ratio < 1) {
            throw new IllegalArgumentException("limits of an archive: " + unpacked + " bytes, " + entries
                    + " entries, ratio " + ratio + " (expected: at least 1 of each)");
        }
    }
}
