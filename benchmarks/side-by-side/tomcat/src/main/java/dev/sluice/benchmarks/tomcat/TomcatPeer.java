package dev.sluice.benchmarks.tomcat;

import dev.sluice.benchmarks.app.RowServlet;
import dev.sluice.benchmarks.app.StaticFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.AbstractProtocol;
import org.apache.coyote.http2.Http2Protocol;

/** Embedded Tomcat: {@code TomcatPeer PORT STATIC-DIRECTORY threads|virtual}. */
public final class TomcatPeer {
    private TomcatPeer() {}

    public static void main(String[] arguments) throws Exception {
        Path files = StaticFiles.in(Path.of(arguments[1]));
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(Files.createTempDirectory("tomcat").toString());
        Connector connector = new Connector();
        connector.setPort(Integer.parseInt(arguments[0]));
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("maxKeepAliveRequests", "-1");
        connector.setProperty("maxConnections", "20000");
        if (arguments[2].equals("virtual")) {
            Executor executor = (Executor)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
            ((AbstractProtocol<?>) connector.getProtocolHandler()).setExecutor(executor);
        }
        connector.addUpgradeProtocol(new Http2Protocol());
        tomcat.setConnector(connector);
        Context context = tomcat.addContext("/bench", files.toString());
        Tomcat.addServlet(context, "rows", new RowServlet());
        for (String path : new String[] {"/hello", "/json", "/echo", "/blocking", "/wait", "/database", "/events"}) {
            context.addServletMappingDecoded(path, "rows");
        }
        Tomcat.addServlet(context, "default", new DefaultServlet());
        context.addServletMappingDecoded("/", "default");
        context.addMimeMapping("txt", "text/plain");
        tomcat.start();
        tomcat.getServer().await();
    }
}
