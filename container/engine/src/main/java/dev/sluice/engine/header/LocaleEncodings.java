package dev.sluice.engine.header;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The character encoding of each locale: the application's mapping, then the usual ones (Servlet 6.1, 5.6). Immutable. */
public final class LocaleEncodings {
    private static final Map<String, String> USUAL = Map.ofEntries(
            Map.entry("ja", "Shift_JIS"),
            Map.entry("ko", "EUC-KR"),
            Map.entry("zh", "GB2312"),
            Map.entry("zh_tw", "Big5"),
            Map.entry("ru", "windows-1251"),
            Map.entry("bg", "windows-1251"),
            Map.entry("uk", "windows-1251"),
            Map.entry("el", "ISO-8859-7"),
            Map.entry("tr", "ISO-8859-9"),
            Map.entry("he", "ISO-8859-8"),
            Map.entry("iw", "ISO-8859-8"),
            Map.entry("ar", "ISO-8859-6"),
            Map.entry("th", "TIS-620"),
            Map.entry("cs", "ISO-8859-2"),
            Map.entry("hr", "ISO-8859-2"),
            Map.entry("hu", "ISO-8859-2"),
            Map.entry("pl", "ISO-8859-2"),
            Map.entry("ro", "ISO-8859-2"),
            Map.entry("sk", "ISO-8859-2"),
            Map.entry("sl", "ISO-8859-2"),
            Map.entry("lt", "ISO-8859-13"),
            Map.entry("lv", "ISO-8859-13"),
            Map.entry("et", "ISO-8859-15"));

    private final Map<String, String> declared = new HashMap<>();

    /** The application's mapping, by locale as the descriptor writes it. */
    public LocaleEncodings(Map<String, String> mapping) {
        mapping.forEach((locale, encoding) -> declared.put(key(locale), encoding));
    }

    /** The encoding of a locale, or null if none is known; then the response's default stays. */
    public @Nullable String find(Locale locale) {
        String full = key(locale.toString());
        String country = key(locale.getLanguage() + "_" + locale.getCountry());
        String language = key(locale.getLanguage());
        String found = first(declared, full, country, language);
        return found != null ? found : first(USUAL, full, country, language);
    }

    private static @Nullable String first(Map<String, String> source, String... candidates) {
        for (String candidate : candidates) {
            String encoding = source.get(candidate);
            if (encoding != null) {
                return encoding;
            }
        }
        return null;
    }

    private static String key(String locale) {
        return locale.replace('-', '_').toLowerCase(Locale.ROOT);
    }
}
