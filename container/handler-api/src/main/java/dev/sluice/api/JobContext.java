package dev.sluice.api;

/** What belongs to one {@link Job} for as long as the application runs. */
public interface JobContext {
    /** The name under which the job was scheduled. */
    String name();

    /** The job's own fork of the template: the same object in every run, seen by no request. */
    <T> T fork(Template<T> template);

    /** Whether the application is being stopped; a long run should end soon. */
    boolean cancelled();
}
