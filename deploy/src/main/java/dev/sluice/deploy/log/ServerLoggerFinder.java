package dev.sluice.deploy.log;

/** Leads every {@link System.Logger} of the process to the server's log. The distribution registers it as a service. */
public final class ServerLoggerFinder extends System.LoggerFinder {
    /** Found by the JDK. */
    public ServerLoggerFinder() {}

    @Override
    public System.Logger getLogger(String name, Module module) {
        return new ServerLogger(name, ServerLog.process());
    }
}
