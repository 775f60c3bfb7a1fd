package dev.sluice.deploy.management;

/** Makes the management of a server; found with {@link java.util.ServiceLoader}. Stateless. */
@FunctionalInterface
public interface ManagementProvider {
    /** The management of this server, which is about to start. */
    Management manage(ServerView server);
}
