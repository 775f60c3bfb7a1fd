package dev.sluice.fork.report;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One thing that keeps state from being forked, or that its author should know before it is.
 *
 * @param severity whether the publish fails because of it
 * @param kind what sort of thing it is
 * @param path the way to it: {@code state.cache.loader} from a template's root, {@code com.shop.Prices.current} for a
 *     static field
 * @param type binary name of the class found there
 * @param location where it was written in the source, or null when that cannot be told
 * @param problem what is wrong, without the path
 * @param advice what to do about it
 */
public record Finding(
        Severity severity,
        Kind kind,
        String path,
        String type,
        @Nullable SourceLocation location,
        String problem,
        String advice) {

    /** How bad a finding is. */
    public enum Severity {
        /** The state cannot be forked, or two requests could change the same object. */
        BLOCKER,
        /** It can be forked, but probably does not do what its author expects. */
        WARNING,
        /** Worth knowing: nobody was seen to change it. */
        NOTE
    }

    /** What sort of thing was found. */
    public enum Kind {
        /** A stream, socket, thread, iterator ...: tied to a resource or to a position, a copy has no meaning. */
        FORBIDDEN,
        /** A class of the JDK whose state cannot be reached and that is not known to be immutable. */
        UNKNOWN,
        /** A class whose fields may not be accessed: its module does not open the package. */
        INACCESSIBLE,
        /** A lock that is held while the template is published. */
        HELD_LOCK,
        /** More mutable objects than allowed. */
        TOO_LARGE,
        /** A cycle that runs through constructors only. */
        UNBUILDABLE,
        /** Application code that ran while copying (a record's constructor, hashCode, equals) threw or disagreed. */
        APPLICATION_CODE,
        /** A hash table that is not one of the JDK's and is keyed by objects hashed by identity. */
        IDENTITY_HASH,
        /** Every fork continues the same random sequence. */
        REPEATED_RANDOM,
        /** One fork was made and was not like its template, or the template contradicts itself. */
        DIFFERENT,
        /** What a field shares on purpose is reached by another path too, and shared there as well. */
        SHARED_BY_FIELD,
        /** A constant of an enum holds something that can be changed. */
        ENUM_STATE,
        /** Only a part of the template was compared with a fork. */
        SAMPLED,
        /** A static field that is not final. */
        STATIC_FIELD,
        /** A static final field that holds a mutable value. */
        STATIC_VALUE,
        /** A class whose one instance serves everybody. */
        SINGLETON,
        /** A variable that a lambda captured and that can be changed. */
        CAPTURED_VARIABLE,
        /** A request was made, and what others see was different after it. */
        LEAKED
    }

    public Finding {
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(problem, "problem");
        Objects.requireNonNull(advice, "advice");
    }

    public boolean blocks() {
        return severity == Severity.BLOCKER;
    }

    public Optional<SourceLocation> where() {
        return Optional.ofNullable(location);
    }

    /** One line: {@code state.cache.loader -> java.io.FileInputStream: what is wrong; what to do}. */
    @Override
    public String toString() {
        String at = location == null ? "" : " [" + location + "]";
        return path + " -> " + type + at + ": " + problem + "; " + advice;
    }
}
