package dev.sluice.deploy.configuration;

import java.util.ArrayList;
import java.util.List;

/** The part of the table of keys that is about who may do what on the management listener. */
public final class ManagementKeys {
    private static final List<Key<?>> TABLE = new ArrayList<>();

    /** Host names that the management listener answers to. */
    public static final Key<List<String>> NAMES = key(
            "management.names",
            ValueType.LIST,
            List.of(),
            "Further host names that requests to the management listener may carry; IP addresses and localhost always may. Others are"
                    + " refused, because a web page could have rebound their name (DNS rebinding).");

    /** The token of the monitoring. */
    public static final Key<String> PROBE_TOKEN = key(
            "management.probe-token",
            ValueType.SECRET,
            "",
            "What /metrics and /health ask for as Authorization: Bearer, from everywhere; empty lets requests from this machine in without, and"
                    + " others with a token that may see the server. "
                    + Keys.SECRETS);

    /** The longest archive. */
    public static final Key<Long> UPLOAD_SIZE = key(
            "management.upload-size",
            ValueType.SIZE_OR_UNLIMITED,
            1L << 30,
            "The longest archive that may be deployed by sending it to the management listener; beyond it 413.");

    private ManagementKeys() {}

    private static <T> Key<T> key(String name, ValueType<T> type, T absent, String description) {
        Key<T> key = new Key<>(name, type, absent, description);
        TABLE.add(key);
        return key;
    }

    static List<Key<?>> all() {
        return List.copyOf(TABLE);
    }
}
