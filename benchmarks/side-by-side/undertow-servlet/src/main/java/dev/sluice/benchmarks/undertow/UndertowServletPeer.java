package dev.sluice.benchmarks.undertow;

import dev.sluice.benchmarks.app.RowServlet;
import dev.sluice.benchmarks.app.StaticFiles;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.handlers.PathHandler;
import io.undertow.server.handlers.resource.PathResourceManager;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import java.nio.file.Path;

/** undertow-servlet as it comes: {@code UndertowServletPeer PORT STATIC-DIRECTORY}. */
public final class UndertowServletPeer {
    private UndertowServletPeer() {}

    public static void main(String[] arguments) throws Exception {
        Path files = StaticFiles.in(Path.of(arguments[1]));
        DeploymentInfo info = Servlets.deployment()
                .setClassLoader(UndertowServletPeer.class.getClassLoader())
                .setContextPath("/bench")
                .setDeploymentName("bench")
                .setResourceManager(new PathResourceManager(files))
                .addServlet(Servlets.servlet("rows", RowServlet.class)
                        .addMappings("/hello", "/json", "/echo", "/blocking", "/wait", "/database", "/events"));
        DeploymentManager manager = Servlets.defaultContainer().addDeployment(info);
        manager.deploy();
        Undertow.builder()
                .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
                .addHttpListener(Integer.parseInt(arguments[0]), "127.0.0.1")
                .setHandler(new PathHandler().addPrefixPath("/bench", manager.start()))
                .build()
                .start();
    }
}
