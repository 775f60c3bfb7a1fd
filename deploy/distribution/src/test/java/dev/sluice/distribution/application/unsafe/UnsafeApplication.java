package dev.sluice.distribution.application.unsafe;

import dev.sluice.api.HandlerApplication;
import dev.sluice.api.Response;
import dev.sluice.api.Setup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Each line with a mark is one that the check must name. */
public final class UnsafeApplication implements HandlerApplication {
    private static final Map<String, String> CACHE = new HashMap<>();
    private static final int[] LIMITS = {1, 2};
    private static int served;

    private String last = "";

    /** Its one instance serves everybody. */
    private static final class Registry {
        static final Registry INSTANCE = new Registry();
        private int count;

        int next() {
            return ++count; // mark: singleton changed
        }
    }

    @Override
    public void start(Setup setup) {
        List<String> names = new ArrayList<>();
        int[] weights = {1};
        setup.get("/names", (request, context) -> { // mark: captured
            names.add(request.path());
            return Response.text(names.toString());
        });
        setup.get("/weight", (request, context) -> Response.text("" + weights[0])); // mark: captured, only read
        setup.get("/cache", (request, context) -> Response.text(cache(request.path())));
    }

    private String cache(String path) {
        served++; // mark: static assigned
        last = path; // mark: field assigned
        CACHE.put(path, last); // mark: static changed
        return CACHE.size() + " " + served + LIMITS[0] + Registry.INSTANCE.next();
    }
}
