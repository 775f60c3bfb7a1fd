package dev.sluice.war.jsp;

import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.jasper.compiler.TldCache;
import org.apache.jasper.servlet.JspServlet;
import org.apache.jasper.servlet.TldScanner;
import org.xml.sax.SAXException;

/** Jasper's servlet; tag libraries are looked for when the first page is, so that precompiled pages and other requests do not wait. */
public final class PageServlet extends JspServlet {
    private static final long serialVersionUID = 1L;

    @Override
    public void init(ServletConfig config) throws ServletException {
        scan(config.getServletContext());
        super.init(config);
    }

    private static void scan(ServletContext context) throws ServletException {
        synchronized (context.getAttribute(org.apache.tomcat.JarScanner.class.getName())) {
            if (context.getAttribute(TldCache.SERVLET_CONTEXT_ATTRIBUTE_NAME) != null) {
                return;
            }
            TldScanner scanner = new TldScanner(context, true, false, true);
            try {
                scanner.scan();
            } catch (IOException | SAXException e) {
                throw new ServletException("a tag library of " + context.getContextPath() + " cannot be read: " + e, e);
            }
            context.setAttribute(
                    TldCache.SERVLET_CONTEXT_ATTRIBUTE_NAME,
                    new TldCache(
                            context, scanner.getUriTldResourcePathMap(), scanner.getTldResourcePathTaglibXmlMap()));
        }
    }
}
