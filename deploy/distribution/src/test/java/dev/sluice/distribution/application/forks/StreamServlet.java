package dev.sluice.distribution.application.forks;

import dev.sluice.api.ForkedPerRequest;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Holds a stream, of which there is only one: it cannot be forked. */
@ForkedPerRequest
@WebServlet(name = "stream", urlPatterns = "/stream")
public final class StreamServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private final transient List<InputStream> sources = new ArrayList<>();

    @Override
    public void init() {
        sources.add(new FileInputStream(FileDescriptor.in));
    }
}
