package dev.sluice.engine.http;

/** Who may answer a request. The first who claims an exchange answers it; what the others write is dropped and counted. */
public enum Answerer {
    /** The application's code. */
    APPLICATION,
    /** The gate: fixed responses, no permit, no such application, broken requests. */
    GATE,
    /** The deadline passed before the application sent a head. */
    DEADLINE,
    /** The application's code threw before it sent a head. */
    CRASH,
    /** The server stops and does not wait any longer. */
    SHUTDOWN
}
