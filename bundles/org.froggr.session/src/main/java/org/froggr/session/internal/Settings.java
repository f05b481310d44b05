package org.froggr.session.internal;

import org.osgi.service.component.ComponentException;
import org.osgi.service.log.Logger;

/**
 * The settings of {@link SessionConfig} as they are in force: all of them are values that make sense.
 *
 * @param recovery name of the policy of sessions that name none
 */
record Settings(
        int maxSessions,
        int maxMounts,
        int historySize,
        String recovery,
        int pingSeconds,
        int pingDeadlineSeconds,
        int sweepSeconds,
        int operationSeconds) {

    private Settings(SessionConfig config) {
        this(
                atLeastOne("maxSessions", config.maxSessions()),
                atLeastOne("maxMounts", config.maxMounts()),
                atLeastOne("historySize", config.historySize()),
                config.recovery(),
                atLeastOne("pingSeconds", config.pingSeconds()),
                atLeastOne("pingDeadlineSeconds", config.pingDeadlineSeconds()),
                atLeastOne("sweepSeconds", config.sweepSeconds()),
                atLeastOne("operationSeconds", config.operationSeconds()));
    }

    private static int atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, not " + value);
        }
        return value;
    }

    /** What the configuration says; {@code former}, with a line in the log, if any of it makes no sense. */
    static Settings of(SessionConfig config, Settings former, Logger log) {
        try {
            return new Settings(config);
        } catch (ComponentException | IllegalArgumentException e) {
            log.error("the configuration {} is not used: {}", SessionConfig.PID, e.getMessage());
            return former;
        }
    }

    /** What is in force without a configuration, as {@link SessionConfig} and Metatype have it. */
    static Settings defaults() {
        return new Settings(4096, 1024, 1000, "resume", 30, 10, 60, 120);
    }
}
