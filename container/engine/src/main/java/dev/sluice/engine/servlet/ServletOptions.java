package dev.sluice.engine.servlet;

import dev.sluice.engine.cookie.RequestCookies;
import dev.sluice.engine.multipart.MultipartLimits;
import dev.sluice.engine.parameter.ParameterLimits;
import dev.sluice.engine.resource.StaticOptions;
import dev.sluice.engine.session.SessionOptions;
import java.time.Duration;

/**
 * What the servlet engine does where an application says nothing.
 *
 * @param asyncTimeout of a request in asynchronous mode (Servlet 6.1, 2.3.3.3); zero: never
 * @param bufferSize of a response in bytes
 * @param parameters limits on request parameters
 * @param multipart limits on the parts of a multipart request, besides the servlet's own
 * @param maxCookies the largest number of cookies of a request
 * @param crossContext whether {@code ServletContext.getContext} gives away other applications
 * @param development whether clients see stack traces
 * @param serverInfo what {@code ServletContext.getServerInfo} returns
 * @param sessions how sessions behave
 * @param files how static files are served
 */
public record ServletOptions(
        Duration asyncTimeout,
        int bufferSize,
        ParameterLimits parameters,
        MultipartLimits multipart,
        int maxCookies,
        boolean crossContext,
        boolean development,
        String serverInfo,
        SessionOptions sessions,
        StaticOptions files) {

    /** 30 s, 8 KiB, no cross-context dispatch, no stack traces. */
    public static final ServletOptions DEFAULT = new ServletOptions(
            Duration.ofSeconds(30),
            8192,
            ParameterLimits.DEFAULT,
            MultipartLimits.DEFAULT,
            RequestCookies.DEFAULT_MAX_COUNT,
            false,
            false,
            "Sluice/0.1",
            SessionOptions.DEFAULT,
            StaticOptions.DEFAULT);

    public ServletOptions {
        if (bufferSize < 1) {
            throw new IllegalArgumentException("bufferSize: " + bufferSize + " (expected: >= 1)");
        }
        if (maxCookies < 1) {
            throw new IllegalArgumentException("maxCookies: " + maxCookies + " (expected: >= 1)");
        }
    }

    /** The same with another timeout of asynchronous mode. */
    public ServletOptions withAsyncTimeout(Duration value) {
        return new ServletOptions(
                value,
                bufferSize,
                parameters,
                multipart,
                maxCookies,
                crossContext,
                development,
                serverInfo,
                sessions,
                files);
    }

    /** The same with other limits on parameters. */
    public ServletOptions withParameters(ParameterLimits value) {
        return new ServletOptions(
                asyncTimeout,
                bufferSize,
                value,
                multipart,
                maxCookies,
                crossContext,
                development,
                serverInfo,
                sessions,
                files);
    }

    /** The same with other limits on parts. */
    public ServletOptions withMultipart(MultipartLimits value) {
        return new ServletOptions(
                asyncTimeout,
                bufferSize,
                parameters,
                value,
                maxCookies,
                crossContext,
                development,
                serverInfo,
                sessions,
                files);
    }

    /** The same with another number of cookies. */
    public ServletOptions withMaxCookies(int value) {
        return new ServletOptions(
                asyncTimeout,
                bufferSize,
                parameters,
                multipart,
                value,
                crossContext,
                development,
                serverInfo,
                sessions,
                files);
    }

    /** The same, with or without cross-context dispatch. */
    public ServletOptions withCrossContext(boolean value) {
        return new ServletOptions(
                asyncTimeout,
                bufferSize,
                parameters,
                multipart,
                maxCookies,
                value,
                development,
                serverInfo,
                sessions,
                files);
    }

    /** The same, with or without stack traces for clients. */
    public ServletOptions withDevelopment(boolean value) {
        return new ServletOptions(
                asyncTimeout,
                bufferSize,
                parameters,
                multipart,
                maxCookies,
                crossContext,
                value,
                serverInfo,
                sessions,
                files);
    }

    /** The same with another behaviour of sessions. */
    public ServletOptions withSessions(SessionOptions value) {
        return new ServletOptions(
                asyncTimeout,
                bufferSize,
                parameters,
                multipart,
                maxCookies,
                crossContext,
                development,
                serverInfo,
                value,
                files);
    }

    /** The same with another way of serving static files. */
    public ServletOptions withFiles(StaticOptions value) {
        return new ServletOptions(
                asyncTimeout,
                bufferSize,
                parameters,
                multipart,
                maxCookies,
                crossContext,
                development,
                serverInfo,
                sessions,
                value);
    }
}
