package dev.sluice.engine.servlet;

import dev.sluice.engine.cookie.RequestCookies;
import dev.sluice.engine.multipart.MultipartLimits;
import dev.sluice.engine.parameter.ParameterLimits;
import dev.sluice.engine.resource.StaticOptions;
import dev.sluice.engine.session.SessionOptions;
import java.nio.charset.Charset;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the servlet engine does where an application says nothing. Made with {@link #builder()}, where the defaults stand.
 *
 * @param asyncTimeout of a request in asynchronous mode (Servlet 6.1, 2.3.3.3); zero: never
 * @param bufferSize of a response in bytes
 * @param parameters limits on request parameters
 * @param multipart limits on the parts of a multipart request, besides the servlet's own
 * @param maxCookies the largest number of cookies of a request
 * @param crossContext whether {@code ServletContext.getContext} gives away other applications
 * @param development whether clients see stack traces
 * @param serverInfo what {@code ServletContext.getServerInfo} returns
 * @param requestEncoding the charset of requests that name none, where the application declares none; null: the specification's
 * @param responseEncoding the charset of responses, where the application declares none; null: the specification's
 * @param strict whether a servlet that cannot be loaded or initialised at the start fails its application
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
        @Nullable Charset requestEncoding,
        @Nullable Charset responseEncoding,
        boolean strict,
        SessionOptions sessions,
        StaticOptions files) {

    public ServletOptions {
        if (bufferSize < 1) {
            throw new IllegalArgumentException("bufferSize: " + bufferSize + " (expected: >= 1)");
        }
        if (maxCookies < 1) {
            throw new IllegalArgumentException("maxCookies: " + maxCookies + " (expected: >= 1)");
        }
    }

    /** The defaults. */
    public static ServletOptions defaults() {
        return builder().build();
    }

    /** A builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the values; each starts with its default. */
    public static final class Builder {
        private Duration asyncTimeout = Duration.ofSeconds(30);
        private int bufferSize = 8192;
        private ParameterLimits parameters = ParameterLimits.DEFAULT;
        private MultipartLimits multipart = MultipartLimits.DEFAULT;
        private int maxCookies = RequestCookies.DEFAULT_MAX_COUNT;
        private boolean crossContext = false;
        private boolean development = false;
        private String serverInfo = "Sluice/0.1";
        private @Nullable Charset requestEncoding;
        private @Nullable Charset responseEncoding;
        private boolean strict = false;
        private SessionOptions sessions = SessionOptions.DEFAULT;
        private StaticOptions files = StaticOptions.DEFAULT;

        private Builder() {}

        /** Timeout of asynchronous mode; 30 s by default. */
        public Builder asyncTimeout(Duration value) {
            asyncTimeout = value;
            return this;
        }

        /** Bytes of a response that are kept until it is committed; 8 KiB by default. */
        public Builder bufferSize(int value) {
            bufferSize = value;
            return this;
        }

        /** Limits on parameters. */
        public Builder parameters(ParameterLimits value) {
            parameters = value;
            return this;
        }

        /** Limits on the parts of a multipart request. */
        public Builder multipart(MultipartLimits value) {
            multipart = value;
            return this;
        }

        /** Cookies of a request; {@link RequestCookies#DEFAULT_MAX_COUNT} by default. */
        public Builder maxCookies(int value) {
            maxCookies = value;
            return this;
        }

        /** Whether other applications are given away; they are not by default. */
        public Builder crossContext(boolean value) {
            crossContext = value;
            return this;
        }

        /** Whether clients see stack traces; they do not by default. */
        public Builder development(boolean value) {
            development = value;
            return this;
        }

        /** What applications are told of the server. */
        public Builder serverInfo(String value) {
            serverInfo = value;
            return this;
        }

        /** The charsets of requests and responses that name none; null, the default, leaves both to the specification. */
        public Builder encodings(@Nullable Charset request, @Nullable Charset response) {
            requestEncoding = request;
            responseEncoding = response;
            return this;
        }

        /** Whether one servlet that fails at the start fails the application; only the servlet is out of service by default. */
        public Builder strict(boolean value) {
            strict = value;
            return this;
        }

        /** How sessions behave. */
        public Builder sessions(SessionOptions value) {
            sessions = value;
            return this;
        }

        /** How static files are served. */
        public Builder files(StaticOptions value) {
            files = value;
            return this;
        }

        /** The options; each value is checked. */
        public ServletOptions build() {
            return new ServletOptions(
                    asyncTimeout,
                    bufferSize,
                    parameters,
                    multipart,
                    maxCookies,
                    crossContext,
                    development,
                    serverInfo,
                    requestEncoding,
                    responseEncoding,
                    strict,
                    sessions,
                    files);
        }
    }
}
