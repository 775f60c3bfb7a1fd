package dev.sluice.api.testing;

import dev.sluice.api.Headers;
import dev.sluice.api.Request;
import dev.sluice.api.RequestBody;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.util.Map;
import java.util.OptionalLong;

/** A request whose body cannot be read while its handler runs, because that would wait for the client. */
final class NonBlockingRequest implements Request, RequestBody {
    private final Request request;
    private volatile boolean returned;

    NonBlockingRequest(Request request) {
        this.request = request;
    }

    /** The handler has returned: the body of its response may read. */
    void returned() {
        returned = true;
    }

    @Override
    public RequestBody body() {
        return this;
    }

    @Override
    public InputStream stream() {
        return new FilterInputStream(request.body().stream()) {
            @Override
            public int read() throws IOException {
                check();
                return super.read();
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                check();
                return super.read(bytes, offset, length);
            }
        };
    }

    private void check() {
        if (!returned) {
            throw new LintViolation("handler: it is declared non-blocking and reads the body of " + method() + " "
                    + path() + " (expected: no Handler.nonBlocking, or a response whose body reads it)");
        }
    }

    @Override
    public OptionalLong length() {
        return request.body().length();
    }

    @Override
    public Charset charset() {
        return request.body().charset();
    }

    @Override
    public String method() {
        return request.method();
    }

    @Override
    public String path() {
        return request.path();
    }

    @Override
    public String contextPath() {
        return request.contextPath();
    }

    @Override
    public Map<String, String> pathParameters() {
        return request.pathParameters();
    }

    @Override
    public String rawQuery() {
        return request.rawQuery();
    }

    @Override
    public Headers headers() {
        return request.headers();
    }

    @Override
    public Headers trailers() {
        return request.trailers();
    }

    @Override
    public String scheme() {
        return request.scheme();
    }

    @Override
    public String authority() {
        return request.authority();
    }

    @Override
    public String protocol() {
        return request.protocol();
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return request.remoteAddress();
    }
}
