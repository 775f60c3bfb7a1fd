package dev.sluice.engine.descriptor;

/**
 * One {@code <listener>}.
 *
 * @param fromTagLibrary declared by a TLD: may not configure the context programmatically (Servlet 6.1, 4.4)
 */
public record ListenerDescriptor(String className, boolean fromTagLibrary) {}
