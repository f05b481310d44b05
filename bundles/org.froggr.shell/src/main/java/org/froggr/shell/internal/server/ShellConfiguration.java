package org.froggr.shell.internal.server;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of {@code etc/org.froggr.shell.cfg}. */
@ObjectClassDefinition(
        id = ShellConfiguration.PID,
        name = "Froggr commands",
        description = "How commands reach the platform, and when it ends by itself")
public @interface ShellConfiguration {
    /** The configuration's PID. */
    String PID = "org.froggr.shell";

    /** What {@link #idleMinutes} is unless it is configured. */
    int IDLE_MINUTES = 10;

    /** Minutes without a session and without a command after which the platform ends; 0 means never. */
    @AttributeDefinition(
            name = "Idle minutes",
            description = "Minutes without a session and without a command after which the platform ends; 0: never",
            min = "0")
    int idleMinutes() default IDLE_MINUTES;
}
