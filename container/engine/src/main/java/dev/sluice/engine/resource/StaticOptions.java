package dev.sluice.engine.resource;

import java.nio.charset.Charset;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How static files are served.
 *
 * @param listings whether a directory without a welcome file answers with a list of its content
 * @param precompressed whether {@code file.br} and {@code file.gz} beside a file answer for it
 * @param textCharset the charset that text files are labelled with; null: the application's response-character-encoding,
 *     else no label
 * @param maxRanges the largest number of ranges in one request; a request for more gets the whole file
 * @param freshness how long a file's size, time and type are believed without looking again
 * @param cachedFiles the largest number of files that are remembered
 * @param sendfileSize the size from which a file is sent without copying, where the connection can do this
 */
public record StaticOptions(
        boolean listings,
        boolean precompressed,
        @Nullable Charset textCharset,
        int maxRanges,
        Duration freshness,
        int cachedFiles,
        long sendfileSize) {

    /** No listings, precompressed files, 16 ranges, looked at every second, 1,024 files remembered, 48 KiB. */
    public static final StaticOptions DEFAULT =
            new StaticOptions(false, true, null, 16, Duration.ofSeconds(1), 1024, 48 * 1024);

    /** The same with listings on or off. */
    public StaticOptions withListings(boolean value) {
        return new StaticOptions(value, precompressed, textCharset, maxRanges, freshness, cachedFiles, sendfileSize);
    }

    /** The same with or without precompressed files. */
    public StaticOptions withPrecompressed(boolean value) {
        return new StaticOptions(listings, value, textCharset, maxRanges, freshness, cachedFiles, sendfileSize);
    }

    /** The same with another label for text. */
    public StaticOptions withTextCharset(@Nullable Charset value) {
        return new StaticOptions(listings, precompressed, value, maxRanges, freshness, cachedFiles, sendfileSize);
    }

    /** The same with another freshness. */
    public StaticOptions withFreshness(Duration value) {
        return new StaticOptions(listings, precompressed, textCharset, maxRanges, value, cachedFiles, sendfileSize);
    }
}
