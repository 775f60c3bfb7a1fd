package dev.sluice.engine.resource;

import dev.sluice.engine.header.Weight;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The {@code Accept-Encoding} header (RFC 9110, 12.5.3). */
final class ContentCodings {
    private ContentCodings() {}

    /** The weight of a coding, 0 (not acceptable) to 1000; without a header nothing but the plain file is asked for. */
    static int weight(@Nullable String header, String coding) {
        if (header == null) {
            return 0;
        }
        int any = 0;
        for (String element : header.split(",", 32)) {
            int semicolon = element.indexOf(';');
            String name = (semicolon < 0 ? element : element.substring(0, semicolon))
                    .strip()
                    .toLowerCase(Locale.ROOT);
            int weight = semicolon < 0 ? Weight.MOST : Weight.of(element.substring(semicolon + 1));
            if (name.equals(coding)) {
                return weight;
            }
            if (name.equals("*")) {
                any = weight;
            }
        }
        return any;
    }
}
