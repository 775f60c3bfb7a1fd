package dev.sluice.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On the class of a servlet: every request is served by a fork of the servlet as it was when {@code init} returned, the same fork for
 * the whole request with its forwards, includes and asynchronous dispatches. Instance fields are then as safe as local
 * variables; {@code ServletConfig}, {@code ServletContext} and what is {@link Shared} stay the same for all.
 *
 * <p>Such a servlet is made and initialised when the application starts, whatever its {@code load-on-startup}; if what it holds cannot be
 * copied, the start fails with the path to it. {@code destroy} is called once, on the instance that was initialised.
 * What a request changes in a field is gone after it: caches and counters for all belong into a {@link Shared} field.
 *
 * <p>For a class that cannot be annotated, the init parameter {@code dev.sluice.api.ForkedPerRequest} of the servlet with
 * the value {@code true} means the same; {@code false} takes an annotation back. Not inherited by subclasses.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ForkedPerRequest {}
