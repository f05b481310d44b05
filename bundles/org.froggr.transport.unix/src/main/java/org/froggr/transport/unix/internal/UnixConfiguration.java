package org.froggr.transport.unix.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of {@code etc/org.froggr.transport.unix.cfg}. */
@ObjectClassDefinition(
        id = UnixConfiguration.PID,
        name = "Froggr transport over a Unix socket",
        description = "What clients of the Unix socket may ask of the platform at most")
public @interface UnixConfiguration {
    /** The configuration's PID. */
    String PID = "org.froggr.transport.unix";

    /** Connections at once; more are refused with LIMIT. */
    @AttributeDefinition(
            name = "Clients",
            description = "Connections at once; more are refused with LIMIT",
            min = "1")
    int clients() default 256;

    /** Seconds within which a client must have sent its whole request. */
    @AttributeDefinition(
            name = "Request seconds",
            description = "Seconds within which a client must have sent its whole request",
            min = "1")
    int requestSeconds() default 10;
}
