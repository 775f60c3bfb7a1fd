package dev.sluice.fork.jdk;

import java.text.BreakIterator;
import java.text.Collator;
import java.text.DateFormatSymbols;
import java.text.DecimalFormatSymbols;
import java.text.Format;
import java.util.Calendar;
import java.util.Date;
import java.util.TimeZone;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Families of the JDK whose public {@code clone} is a deep copy. */
final class Cloneables {
    private Cloneables() {}

    static @Nullable UnaryOperator<Object> of(Class<?> type) {
        if (Date.class.isAssignableFrom(type)) {
            return o -> ((Date) o).clone();
        }
        if (Calendar.class.isAssignableFrom(type)) {
            return o -> ((Calendar) o).clone();
        }
        if (TimeZone.class.isAssignableFrom(type)) {
            return o -> ((TimeZone) o).clone();
        }
        if (Format.class.isAssignableFrom(type)) {
            return o -> ((Format) o).clone();
        }
        if (DecimalFormatSymbols.class.isAssignableFrom(type)) {
            return o -> ((DecimalFormatSymbols) o).clone();
        }
        if (DateFormatSymbols.class.isAssignableFrom(type)) {
            return o -> ((DateFormatSymbols) o).clone();
        }
        if (Collator.class.isAssignableFrom(type)) {
            return o -> ((Collator) o).clone();
        }
        return BreakIterator.class.isAssignableFrom(type) ? o -> ((BreakIterator) o).clone() : null;
    }
}
