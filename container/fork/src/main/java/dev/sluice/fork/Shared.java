package dev.sluice.fork;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks what all forks share on purpose: on a type, every instance of it and of its subtypes; on a field, whatever
 * that field refers to. The author then answers for its thread safety. {@code dev.sluice.api.Shared} means the same:
 * {@link ForkOptions#sharedAnnotations()} lists the names that count.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.FIELD})
public @interface Shared {}
