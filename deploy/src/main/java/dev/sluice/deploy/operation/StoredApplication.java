package dev.sluice.deploy.operation;

import java.util.ArrayList;
import java.util.List;

/**
 * An application that was deployed through the management and is there again after a restart.
 *
 * @param host the virtual host; {@code default} for the one of all other names
 * @param name the name, as that of an archive without its extension
 * @param path the archive on this machine; empty for one that was uploaded
 * @param hashes of the uploaded archives: the one that is served, then those that were before it, the newest first
 */
record StoredApplication(String host, String name, String path, List<String> hashes) {
    private static final int KEPT = 4;

    StoredApplication {
        hashes = List.copyOf(hashes);
    }

    /** The same with another archive in front. */
    StoredApplication serving(String hash) {
        List<String> all = new ArrayList<>();
        all.add(hash);
        hashes.stream().filter(each -> !each.equals(hash)).limit(KEPT - 1).forEach(all::add);
        return new StoredApplication(host, name, "", all);
    }
}
