package dev.sluice.war.check;

import dev.sluice.war.check.MethodFacts.Escape.Where;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Type;

/**
 * How long the container keeps what methods of the handler API and of the Servlet API are given. Every public method that takes more than
 * strings and numbers has its place in a table; one that is not there, as of a newer API, keeps it as long as the application runs.
 */
final class Lifetimes {
    /** Types of the handler API, and their methods that keep what they are given for one request, connection or run of a job. */
    private static final String HANDLER_REQUEST = """
            Body writeTo
            Body$Bytes writeTo
            Body$Empty writeTo
            Body$Events <init> writeTo
            Body$File <init> writeTo
            Body$Stream <init> writeTo
            Body$Text writeTo
            Body$Writer <init> writeTo
            BodyWriter write
            EventSink send
            EventSource send
            Handler handle
            HandlerContext earlyHints fork of onCancel onFinish
            HandlerContext$FinishListener finished
            Headers forEach
            Job run
            JobContext fork
            Response events file of stream webSocket withBody withEarlyHints withHeaders withTrailers writer
            ServerSentEvent <init>
            StatusException <init>
            WebSocketConnection ping send
            WebSocketListener onBinary onClose onError onOpen onPong onText
            WebSocketUpgrade <init>
            """;
    /** As long as the application runs; {@code template} and {@code publish} copy it. */
    private static final String HANDLER_APPLICATION = """
            Handler nonBlocking
            HandlerApplication start
            Middleware nonBlocking wrap
            Setup delete fixed get patch post put route schedule template use
            Templates of publish
            routing/Match <init>
            routing/Router$Builder fixed route use
            """;

    private static final String SERVLET_REQUEST = """
            AsyncContext addListener dispatch start
            AsyncEvent <init>
            AsyncListener onComplete onError onStartAsync onTimeout
            Filter doFilter
            FilterChain doFilter
            GenericFilter doFilter
            GenericServlet log service
            ReadListener onError
            RequestDispatcher forward include
            Servlet service
            ServletContext log
            ServletException <init>
            ServletInputStream read setReadListener
            ServletOutputStream setWriteListener write
            ServletRequest setAttribute startAsync
            ServletRequestAttributeEvent <init>
            ServletRequestAttributeListener attributeAdded attributeRemoved attributeReplaced
            ServletRequestEvent <init>
            ServletRequestListener requestDestroyed requestInitialized
            ServletRequestWrapper <init> isWrapperFor setAttribute setRequest startAsync
            ServletResponseWrapper <init> isWrapperFor setResponse
            WriteListener onError
            http/HttpFilter doFilter
            http/HttpServlet doDelete doGet doHead doOptions doPatch doPost doPut doTrace getLastModified log service
            http/HttpServletRequest authenticate setAttribute startAsync
            http/HttpServletRequestWrapper <init> authenticate isWrapperFor setAttribute setRequest startAsync
            http/HttpServletResponse addCookie setTrailerFields
            http/HttpServletResponseWrapper <init> addCookie isWrapperFor setResponse setTrailerFields
            http/HttpUpgradeHandler init
            """;
    /** As long as the application runs, or a session, which is longer than a request. */
    private static final String SERVLET_APPLICATION = """
            Filter init
            FilterRegistration addMappingForServletNames addMappingForUrlPatterns setInitParameters
            FilterRegistration$Dynamic addMappingForServletNames addMappingForUrlPatterns setInitParameters
            GenericFilter init
            GenericServlet init
            HttpMethodConstraintElement <init>
            MultipartConfigElement <init>
            Registration setInitParameters
            Registration$Dynamic setInitParameters
            Servlet init
            ServletContainerInitializer onStartup
            ServletContext addFilter addListener addServlet setAttribute setSessionTrackingModes
            ServletContextAttributeEvent <init>
            ServletContextAttributeListener attributeAdded attributeRemoved attributeReplaced
            ServletContextEvent <init>
            ServletContextListener contextDestroyed contextInitialized
            ServletRegistration setInitParameters
            ServletRegistration$Dynamic setInitParameters setMultipartConfig setServletSecurity
            ServletSecurityElement <init>
            http/HttpFilter init
            http/HttpServlet init
            http/HttpSession setAttribute
            http/HttpSession$Accessor access
            http/HttpSessionActivationListener sessionDidActivate sessionWillPassivate
            http/HttpSessionAttributeListener attributeAdded attributeRemoved attributeReplaced
            http/HttpSessionBindingEvent <init>
            http/HttpSessionBindingListener valueBound valueUnbound
            http/HttpSessionEvent <init>
            http/HttpSessionIdListener sessionIdChanged
            http/HttpSessionListener sessionCreated sessionDestroyed
            """;

    static final String HANDLER_API = "dev/sluice/api/";
    static final String SERVLET_API = "jakarta/servlet/";
    private static final Map<String, Where> TABLE = new HashMap<>();

    static {
        fill(HANDLER_API, HANDLER_REQUEST, Where.REQUEST);
        fill(HANDLER_API, HANDLER_APPLICATION, Where.CONTAINER);
        fill(SERVLET_API, SERVLET_REQUEST, Where.REQUEST);
        fill(SERVLET_API, SERVLET_APPLICATION, Where.CONTAINER);
        TABLE.put(HANDLER_API + "Setup.template", Where.TEMPLATE);
        TABLE.put(HANDLER_API + "Templates.publish", Where.TEMPLATE);
    }

    private Lifetimes() {}

    private static void fill(String prefix, String rows, Where where) {
        rows.lines().forEach(row -> {
            String[] words = row.split(" ");
            for (int i = 1; i < words.length; i++) {
                TABLE.put(prefix + words[0] + "." + words[i], where);
            }
        });
    }

    /** All rows: {@code owner.method} with the internal name of the owner. */
    static Map<String, Where> table() {
        return Map.copyOf(TABLE);
    }

    /** Where a call hands its arguments; null if it keeps nothing. */
    static @Nullable Where of(String owner, String method, String descriptor) {
        if (!Knowledge.container(owner)) {
            return null;
        }
        Where known = TABLE.get(owner + "." + method);
        if (known != null) {
            return known;
        }
        if (Knowledge.publishes(owner, method)) {
            return Where.TEMPLATE;
        }
        return Arrays.stream(Type.getArgumentTypes(descriptor)).anyMatch(Lifetimes::holds) ? Where.CONTAINER : null;
    }

    /** Whether a parameter of a type can hold more than text and numbers. */
    static boolean holds(Type type) {
        return switch (type.getSort()) {
            case Type.ARRAY -> holds(type.getElementType());
            case Type.OBJECT -> !type.getClassName().equals("java.lang.String");
            default -> false;
        };
    }
}
