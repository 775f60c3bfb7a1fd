package dev.sluice.distribution;

import com.sun.net.httpserver.HttpServer;
import dev.sluice.engine.security.Passwords;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One server for all tests that ask for a {@link SluiceProcess}: it runs the demos with JSPs and with asynchronous REST
 * calls, Jolokia's agent and the Spring MVC sample.
 */
final class RealApplications implements ParameterResolver {
    static final String ROLE_USER = "ops";
    static final String OTHER_USER = "guest";
    static final String PASSWORD = "pa:ss w\u00f6rd";
    private static final Path APPLICATIONS = Path.of("target/applications").toAbsolutePath();
    private static final Path SPRING = Path.of("../../samples/spring-mvc/target/spring-mvc.war")
            .toAbsolutePath()
            .normalize();
    private static final int ITERATIONS = 1000;

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == SluiceProcess.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(RealApplications.class))
                .computeIfAbsent(Running.class, type -> Running.start(), Running.class)
                .sluice;
    }

    private record Running(SluiceProcess sluice, HttpServer shopping, Path directory) implements AutoCloseable {

        static Running start() {
            try {
                Path directory = Files.createTempDirectory("real-applications");
                HttpServer shopping = openShop();
                Path rest = AsyncRestArchive.callingItsApiAt(
                        APPLICATIONS.resolve("async-rest.war"),
                        directory.resolve("async-rest"),
                        shopping.getAddress().getPort());
                Path users = directory.resolve("users.txt");
                Files.write(users, List.of(user(ROLE_USER, "jolokia"), user(OTHER_USER, "visitor")));
                SluiceProcess sluice = SluiceProcess.run(
                        directory,
                        "--set",
                        "users-file=" + users,
                        APPLICATIONS.resolve("demo-jsp.war"),
                        rest,
                        APPLICATIONS.resolve("jolokia.war"),
                        SPRING);
                return new Running(sluice, shopping, directory);
            } catch (IOException e) {
                throw new AssertionError("the server with the real applications did not start", e);
            }
        }

        private static String user(String name, String role) {
            return name + ":" + Passwords.hash(PASSWORD, ITERATIONS) + ":" + role;
        }

        /** Stands for the API of a shop in the outside network: finds one item, named like the keyword. */
        private static HttpServer openShop() throws IOException {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                String keyword = exchange.getRequestURI().getQuery().replaceAll(".*QueryKeywords=", "");
                byte[] found = ("{\"Item\":[{\"Title\":\"found " + keyword
                                + "\",\"GalleryURL\":\"g.png\",\"ViewItemURLForNaturalSearch\":\"v\"}]}")
                        .getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, found.length);
                exchange.getResponseBody().write(found);
                exchange.close();
            });
            server.start();
            return server;
        }

        @Override
        public void close() throws Exception {
            sluice.close();
            shopping.stop(0);
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, IOException failed) throws IOException {
                    Files.delete(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        }
    }
}
