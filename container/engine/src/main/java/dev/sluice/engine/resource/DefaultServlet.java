package dev.sluice.engine.resource;

import dev.sluice.engine.header.LocationPath;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Serves the static files of an application (Servlet 6.1, 12.2): GET, HEAD and OPTIONS, conditional requests, ranges,
 * precompressed files. It only reads; there is no code here that writes a file. Welcome files are the servlet core's
 * business. Safe for use by many threads.
 */
public final class DefaultServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final String ALLOWED = "GET, HEAD, OPTIONS";

    private final transient WebResources resources;
    private final transient StaticOptions options;
    private final transient InstantSource clock;
    private transient @Nullable StaticFiles files;
    private transient @Nullable Charset textCharset;

    public DefaultServlet(WebResources resources, StaticOptions options, InstantSource clock) {
        this.resources = resources;
        this.options = options;
        this.clock = clock;
    }

    @Override
    public void init(ServletConfig config) throws ServletException {
        super.init(config);
        String declared = config.getServletContext().getResponseCharacterEncoding();
        textCharset =
                options.textCharset() != null || declared == null ? options.textCharset() : Charset.forName(declared);
        files = new StaticFiles(resources, options, config.getServletContext()::getMimeType, clock);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        DispatcherType dispatch = request.getDispatcherType();
        boolean direct = dispatch == DispatcherType.REQUEST || dispatch == DispatcherType.ASYNC;
        String method = request.getMethod();
        // A forward, an include or an error page keeps the method of the request, which may be any.
        if (method.equals("GET") || method.equals("HEAD") || !direct) {
            serve(request, response, dispatch);
        } else if (method.equals("OPTIONS")) {
            response.setHeader("Allow", ALLOWED);
        } else if (method.equals("POST") && (request.getRequestURI().endsWith("/") || !isFile(path(request, false)))) {
            // A form may be sent to a directory, whose welcome file then answers.
            serve(request, response, dispatch);
        } else {
            response.setHeader("Allow", ALLOWED);
            response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
        }
    }

    private boolean isFile(String path) throws IOException {
        StaticFile file = !isCanonical(path) || isPrivate(path) || files == null ? null : files.find(path);
        return file != null && !path.endsWith("/") && !file.resource().directory();
    }

    private void serve(HttpServletRequest request, HttpServletResponse response, DispatcherType dispatch)
            throws IOException {
        boolean included = dispatch == DispatcherType.INCLUDE;
        boolean direct = dispatch == DispatcherType.REQUEST || dispatch == DispatcherType.ASYNC;
        String path = path(request, included);
        boolean hidden = !isCanonical(path) || direct && isPrivate(path);
        StaticFile file = hidden || files == null ? null : files.find(path);
        if (file == null || path.endsWith("/") && !file.resource().directory()) {
            missing(path, response, included);
        } else if (!file.resource().directory()) {
            file(file, request, response, dispatch);
        } else if (!path.endsWith("/") && direct) {
            redirectToDirectory(request, response);
        } else if (options.listings() && !included) {
            listing(path.endsWith("/") ? path : path + "/", request, response);
        } else {
            missing(path, response, included);
        }
    }

    /** Whether a path is in WEB-INF or META-INF, in any case: file systems may not know the difference. */
    public static boolean isPrivate(String path) {
        return isIn(path, "/web-inf") || isIn(path, "/meta-inf");
    }

    /** The servlet core only lets such paths through; another one must not reach the file system all the same. */
    private static boolean isCanonical(String path) {
        if (path.indexOf('\\') >= 0 || path.indexOf('\0') >= 0 || path.contains("//")) {
            return false;
        }
        return !path.contains("/.") || !(path + "/").matches("(?s).*/\\.{1,2}/.*");
    }

    private static boolean isIn(String path, String directory) {
        int length = directory.length();
        return path.regionMatches(true, 0, directory, 0, length)
                && (path.length() == length || path.charAt(length) == '/');
    }

    private static String path(HttpServletRequest request, boolean included) {
        boolean attributes = included && request.getAttribute(RequestDispatcher.INCLUDE_REQUEST_URI) != null;
        Object servletPath =
                attributes ? request.getAttribute(RequestDispatcher.INCLUDE_SERVLET_PATH) : request.getServletPath();
        Object pathInfo =
                attributes ? request.getAttribute(RequestDispatcher.INCLUDE_PATH_INFO) : request.getPathInfo();
        String path = (servletPath == null ? "" : servletPath.toString()) + (pathInfo == null ? "" : pathInfo);
        return path.isEmpty() ? "/" : path;
    }

    // Servlet 6.1, 9.3: an included resource that does not exist is a FileNotFoundException.
    private static void missing(String path, HttpServletResponse response, boolean included) throws IOException {
        if (included) {
            throw new FileNotFoundException(
                    path + " to be included does not exist (expected: a file of the application)");
        }
        response.sendError(HttpServletResponse.SC_NOT_FOUND);
    }

    private static void redirectToDirectory(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String path = LocationPath.of(request.getRequestURI()) + "/";
        String query = request.getQueryString();
        response.sendRedirect(query == null ? path : path + "?" + query);
    }

    private void listing(String path, HttpServletRequest request, HttpServletResponse response) throws IOException {
        byte[] page = DirectoryListing.html(resources, path, request.getContextPath() + path)
                .getBytes(StandardCharsets.UTF_8);
        response.setContentType("text/html; charset=UTF-8");
        response.setContentLength(page.length);
        if (!request.getMethod().equals("HEAD")) {
            response.getOutputStream().write(page);
        }
    }

    private void file(
            StaticFile plain, HttpServletRequest request, HttpServletResponse response, DispatcherType dispatch)
            throws IOException {
        if (dispatch == DispatcherType.INCLUDE) {
            new ContentWriter(plain, request, response, options.sendfileSize()).whole(true, textCharset);
            return;
        }
        // An error page keeps its status, whatever the request asked of the file that it did not get.
        String method = request.getMethod();
        boolean conditional = dispatch != DispatcherType.ERROR && (method.equals("GET") || method.equals("HEAD"));
        StaticFile file = conditional ? plain.preferred(request.getHeader("Accept-Encoding")) : plain;
        if (plain.hasVariants() && conditional) {
            response.addHeader("Vary", "Accept-Encoding");
        }
        if (conditional) {
            response.setHeader("ETag", file.entityTag());
            response.setDateHeader("Last-Modified", file.lastModified());
            Preconditions outcome = Preconditions.evaluate(request, file.entityTag(), file.lastModified());
            if (outcome == Preconditions.NOT_MODIFIED) {
                response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
                return;
            }
            if (outcome == Preconditions.FAILED) {
                response.sendError(HttpServletResponse.SC_PRECONDITION_FAILED);
                return;
            }
            response.setHeader("Accept-Ranges", "bytes");
        }
        if (file.coding() != null) {
            response.setHeader("Content-Encoding", file.coding());
        }
        contentType(file, response);
        body(file, request, response, conditional);
    }

    private void contentType(StaticFile file, HttpServletResponse response) {
        String type = file.contentType();
        Charset label = type != null && type.startsWith("text/") && type.indexOf(';') < 0 ? textCharset : null;
        if (type != null && response.getContentType() == null) {
            response.setContentType(label == null ? type : type + ";charset=" + label.name());
        }
    }

    private void body(StaticFile file, HttpServletRequest request, HttpServletResponse response, boolean conditional)
            throws IOException {
        ContentWriter writer = new ContentWriter(file, request, response, options.sendfileSize());
        boolean head = request.getMethod().equals("HEAD");
        String header = conditional && request.getMethod().equals("GET") ? request.getHeader("Range") : null;
        ByteRanges wanted = header != null && Preconditions.rangeApplies(request, file.entityTag(), file.lastModified())
                ? ByteRanges.parse(header, file.size(), options.maxRanges())
                : ByteRanges.WHOLE;
        List<ByteRanges.Range> ranges = wanted.ranges();
        if (wanted == ByteRanges.WHOLE) {
            response.setContentLengthLong(file.size());
            if (!head) {
                writer.whole(false, textCharset);
            }
        } else if (ranges.isEmpty()) {
            response.setHeader("Content-Range", "bytes */" + file.size());
            response.sendError(HttpServletResponse.SC_REQUESTED_RANGE_NOT_SATISFIABLE);
        } else {
            response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
            if (ranges.size() > 1) {
                writer.ranges(ranges);
            } else {
                response.setHeader("Content-Range", ranges.get(0).contentRange(file.size()));
                response.setContentLengthLong(ranges.get(0).length());
                writer.range(ranges.get(0));
            }
        }
    }
}
