package org.froggr.session.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of the session manager, PID {@code org.froggr.session}. */
@ObjectClassDefinition(
        id = SessionConfig.PID,
        name = "Froggr sessions",
        description = "Limits, checks and recovery of sessions")
@interface SessionConfig {
    String PID = "org.froggr.session";

    @AttributeDefinition(name = "Most sessions", description = "Sessions that may exist at once")
    int maxSessions() default 4096;

    @AttributeDefinition(name = "Most mounts", description = "Mounts and binds of one session")
    int maxMounts() default 1024;

    @AttributeDefinition(name = "History size", description = "Lines of operation history that a session keeps")
    int historySize() default 1000;

    @AttributeDefinition(name = "Recovery policy", description = "Policy of sessions that name none")
    String recovery() default "resume";

    @AttributeDefinition(
            name = "Ping interval",
            description = "Seconds between two checks that a session's process still answers")
    int pingSeconds() default 30;

    @AttributeDefinition(
            name = "Ping deadline",
            description = "Seconds after which a session's process that does not answer counts as hung")
    int pingDeadlineSeconds() default 10;

    @AttributeDefinition(
            name = "Sweep interval",
            description = "Seconds between two searches for what no living session owns")
    int sweepSeconds() default 60;

    @AttributeDefinition(
            name = "Operation deadline",
            description = "Seconds after which an operation on a file that its backend does not end fails with EIO")
    int operationSeconds() default 120;
}
