package dev.sluice.deploy.command;

/** What the process ends with. */
final class ExitStatus {
    /** Everything that was asked for was done. */
    static final int OK = 0;

    /** Something that was asked for could not be done. */
    static final int FAILED = 1;

    /** The command line or the configuration is wrong; nothing was done. */
    static final int USAGE = 2;

    /** What was asked cannot be told. */
    static final int UNDECIDED = 3;

    private ExitStatus() {}
}
