package org.froggr.session.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.froggr.session.internal.store.IncidentRecord;
import org.froggr.spi.recovery.Incident;
import org.osgi.service.log.Logger;

/**
 * The platform before this one, if it did not end in order: what the supervising loop saw of it.
 *
 * @param killed whether others killed it
 * @param endedAt time since boot when that was seen
 */
record Predecessor(long pid, boolean killed, int status, Duration endedAt) {
    private static final String PID = "froggr.ended.pid";
    private static final String STATUS = "froggr.ended.status";
    private static final String UPTIME = "froggr.ended.uptime";

    /** Longer than any machine runs; a Duration holds it in nanoseconds. */
    private static final double MOST_SECONDS = 1e9;

    /** 128 and the number of SIGKILL, as a shell has it. */
    private static final int KILLED = 137;

    /**
     * Only once: a session manager that comes later follows that one.
     *
     * @param properties of the framework; what cannot be understood there is logged, and counts as nothing
     */
    static Optional<Predecessor> take(Function<String, String> properties, Logger log) {
        String pid = properties.apply(PID);
        String status = properties.apply(STATUS);
        String uptime = properties.apply(UPTIME);
        if (pid == null || status == null || uptime == null) {
            return Optional.empty();
        }
        System.clearProperty(PID);
        try {
            int number = Integer.parseInt(status);
            return Optional.of(new Predecessor(Long.parseLong(pid), number == KILLED, number, seconds(uptime)));
        } catch (NumberFormatException e) {
            log.warn("what the supervising loop says of the platform before is not understood: {} {} {}", pid, status, uptime);
            return Optional.empty();
        }
    }

    /** NumberFormatException if that is none, or no time at all. */
    private static Duration seconds(String decimal) {
        double seconds = Double.parseDouble(decimal);
        if (!(seconds >= 0 && seconds < MOST_SECONDS)) {
            throw new NumberFormatException(decimal);
        }
        return Duration.ofMillis((long) (seconds * 1000));
    }

    IncidentRecord incident(UUID session) {
        return new IncidentRecord(
                session,
                killed ? Incident.Kind.PLATFORM_KILLED : Incident.Kind.PLATFORM_CRASHED,
                Instant.now(),
                "platform " + pid + (killed ? " was killed" : " ended with status " + status),
                "");
    }

    /** How long nobody has answered, to a hundredth of a second. */
    Duration pause() {
        try {
            String uptime = Files.readString(Path.of("/proc/uptime"));
            return seconds(uptime.substring(0, uptime.indexOf(' '))).minus(endedAt);
        } catch (IOException e) {
            return Duration.ZERO;
        }
    }
}
