package dev.sluice.war.annotation;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.annotation.security.DeclareRoles;
import jakarta.annotation.security.RunAs;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.MultipartConfig;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.annotation.WebInitParam;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServlet;

/** Annotated classes that tests pack into archives. */
final class Components {
    private Components() {}

    abstract static class Parent extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Resource(name = "inherited")
        transient Object source;

        @PostConstruct
        void ready() {}
    }

    @WebServlet(
            name = "shop",
            urlPatterns = {"/shop", "*.buy"},
            loadOnStartup = 4,
            asyncSupported = true,
            initParams = @WebInitParam(name = "a", value = "annotation"))
    @MultipartConfig(maxFileSize = 10, location = "up")
    @RunAs("clerk")
    @DeclareRoles({"clerk", "boss"})
    static class Shop extends Parent {
        private static final long serialVersionUID = 1L;

        @Resource
        transient Integer limit;

        @Resource(lookup = "java:/other")
        void setCatalog(String catalog) {}

        @PreDestroy
        void gone() {}
    }

    @WebServlet("/plain")
    static class Plain extends HttpServlet {
        private static final long serialVersionUID = 1L;
    }

    @WebFilter(filterName = "guard", value = "/shop", servletNames = "shop", dispatcherTypes = DispatcherType.FORWARD)
    static class Guard extends HttpFilter {
        private static final long serialVersionUID = 1L;
    }

    @WebListener
    static class Started implements ServletContextListener {}

    /** No component: a framework's bean. */
    static class Bean {
        @Resource(name = "of-the-framework")
        Object source;
    }

    @WebServlet(value = "/a", urlPatterns = "/b")
    static class Contradicting extends HttpServlet {
        private static final long serialVersionUID = 1L;
    }

    @WebServlet(name = "shop", value = "/second")
    static class SecondShop extends HttpServlet {
        private static final long serialVersionUID = 1L;
    }
}
