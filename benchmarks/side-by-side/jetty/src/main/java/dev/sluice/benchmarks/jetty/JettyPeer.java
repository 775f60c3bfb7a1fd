package dev.sluice.benchmarks.jetty;

import dev.sluice.benchmarks.app.RowServlet;
import dev.sluice.benchmarks.app.StaticFiles;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.eclipse.jetty.ee11.servlet.DefaultServlet;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Embedded Jetty: {@code JettyPeer PORT STATIC-DIRECTORY threads|virtual}. */
public final class JettyPeer {
    private JettyPeer() {}

    public static void main(String[] arguments) throws Exception {
        Path files = StaticFiles.in(Path.of(arguments[1]));
        QueuedThreadPool pool = new QueuedThreadPool();
        if (arguments[2].equals("virtual")) {
            pool.setVirtualThreadsExecutor((Executor)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null));
        }
        Server server = new Server(pool);
        HttpConfiguration configuration = new HttpConfiguration();
        ServerConnector connector = new ServerConnector(
                server, new HttpConnectionFactory(configuration), new HTTP2CServerConnectionFactory(configuration));
        connector.setHost("127.0.0.1");
        connector.setPort(Integer.parseInt(arguments[0]));
        connector.setAcceptQueueSize(1_024);
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler("/bench");
        context.setBaseResourceAsPath(files);
        ServletHolder rows = new ServletHolder(new RowServlet());
        for (String path : new String[] {"/hello", "/json", "/echo", "/blocking", "/wait", "/database", "/events"}) {
            context.addServlet(rows, path);
        }
        context.addServlet(new ServletHolder(new DefaultServlet()), "/");
        server.setHandler(context);
        server.start();
        server.join();
    }
}
