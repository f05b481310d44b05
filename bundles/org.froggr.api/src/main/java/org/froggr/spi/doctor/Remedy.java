package org.froggr.spi.doctor;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * What {@code frg doctor --fix} does about a finding. Only for what is safe: it concerns nothing of another
 * user, looks again before it acts, and loses nothing that anybody may want.
 */
@ConsumerType
@FunctionalInterface
public interface Remedy {
    /**
     * Mends it. Called at most once, on the thread of the command.
     *
     * @throws Exception if it cannot be mended; the message is shown
     */
    void apply() throws Exception;
}
