package dev.sluice.deploy.management;

import dev.sluice.api.HandlerApplication;
import dev.sluice.engine.observe.RequestObserver;

/** What runs on the management listener of one server. */
public interface Management {
    /** Answers the requests of the management listener. */
    HandlerApplication application();

    /** Is told about every request of the applications. */
    RequestObserver observer();
}
