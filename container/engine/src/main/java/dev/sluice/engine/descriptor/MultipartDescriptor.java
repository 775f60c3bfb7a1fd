package dev.sluice.engine.descriptor;

/**
 * A {@code <multipart-config>} (Servlet 6.1, 8.1.5).
 *
 * @param location the directory for parts on disk; empty: the application's temporary directory
 * @param maxFileSize the largest part in bytes; negative: no limit
 * @param maxRequestSize the largest request in bytes; negative: no limit
 * @param fileSizeThreshold the size in bytes from which a part goes to disk
 */
public record MultipartDescriptor(String location, long maxFileSize, long maxRequestSize, int fileSizeThreshold) {}
