package dev.sluice.distribution.application;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.jsp.tagext.TagData;
import jakarta.servlet.jsp.tagext.TagExtraInfo;
import jakarta.servlet.jsp.tagext.TagSupport;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;

/** Holds the compiler inside the translation of a page, burning CPU, until {@code ?open} is asked for; tells the state to others. */
@WebServlet("/gate")
public class CompileGate extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final AtomicReference<String> STATE = new AtomicReference<>("idle");

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if ("open".equals(request.getQueryString())) {
            STATE.set("open");
        }
        String state = STATE.get();
        response.setContentLength(state.length());
        response.getWriter().print(state);
    }

    /** A tag that does nothing. */
    public static class GateTag extends TagSupport {
        private static final long serialVersionUID = 1L;
    }

    /** What the compiler asks about the tag. */
    public static class GateInfo extends TagExtraInfo {
        @Override
        public boolean isValid(TagData data) {
            System.setProperty("gate.compiler", Thread.currentThread().getName());
            if (STATE.compareAndSet("idle", "compiling")) {
                while (!STATE.get().equals("open")) {
                    Thread.onSpinWait();
                }
            }
            return true;
        }
    }
}
