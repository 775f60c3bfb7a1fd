package dev.sluice.engine.servlet;

import dev.sluice.engine.mapping.Match;
import dev.sluice.engine.registration.ServletUnit;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.MappingMatch;

/** How a request was mapped, for applications (Servlet 6.1, 12.3). */
public record MappingView(Match<ServletUnit> match) implements HttpServletMapping {

    @Override
    public String getMatchValue() {
        return match.matchValue();
    }

    @Override
    public String getPattern() {
        return match.pattern().text();
    }

    @Override
    public String getServletName() {
        return match.target().getName();
    }

    @Override
    public MappingMatch getMappingMatch() {
        return match.kind();
    }

    @Override
    public String toString() {
        return "HttpServletMapping(" + getMappingMatch() + ", " + getPattern() + ", " + getServletName() + ")";
    }
}
