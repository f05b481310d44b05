package org.froggr.transport.pipe.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** Settings of {@code etc/org.froggr.transport.pipe.cfg}. */
@ObjectClassDefinition(
        id = PipeConfiguration.PID,
        name = "Froggr pipe transport",
        description = "How frg reaches the platform by named pipes")
public @interface PipeConfiguration {
    /** The configuration's PID. */
    String PID = "org.froggr.transport.pipe";

    /** How output reaches a client; each falls back to the next where the kernel forbids it. */
    @AttributeDefinition(
            name = "Output",
            description = "How output reaches a client's terminal, pipe or file. Each way falls back to the next.",
            options = {
                @Option(label = "a copy of the client's descriptor (pidfd_getfd)", value = "FETCH"),
                @Option(label = "the client's terminal or pipe opened again (/proc/PID/fd)", value = "REOPEN"),
                @Option(label = "pipes that the client copies from", value = "COPY")
            })
    OutputWay output() default OutputWay.FETCH;
}
