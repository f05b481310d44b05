package org.froggr.session.internal.store;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.froggr.api.session.SessionMode;
import org.froggr.api.session.SessionState;

/**
 * What {@code session.json} holds: all that a successor of this platform must know of a session.
 * Immutable; text is {@link org.froggr.api.ByteText}.
 *
 * @param version layout of the file, {@link #VERSION}
 * @param name null without one
 * @param pid process id of the anchor, 0 before it was started
 * @param processStart its start in clock ticks since boot
 * @param bootId {@code /proc/sys/kernel/random/boot_id} of the boot that pid and mount ids belong to
 * @param root absolute path
 * @param owner user id
 * @param recovery name of the recovery policy
 * @param permanent whether it stays when its last entry goes
 * @param entries in the order in which they were made
 * @param incidents newest last, bounded
 */
public record SessionRecord(
        int version,
        UUID id,
        String name,
        long pid,
        long processStart,
        String bootId,
        String root,
        Instant created,
        long owner,
        SessionMode mode,
        SessionState state,
        String recovery,
        boolean permanent,
        Limits limits,
        List<EntryRecord> entries,
        List<IncidentRecord> incidents) {
    /** The layout that this class reads and writes. */
    public static final int VERSION = 1;

    /**
     * The limits in force when the session was made.
     *
     * @param mounts most entries
     * @param history most lines of history
     */
    public record Limits(int mounts, int history) {}

    public SessionRecord {
        entries = List.copyOf(entries);
        incidents = List.copyOf(incidents);
    }

    /** The same session in another state. */
    public SessionRecord in(SessionState newState) {
        return copy(pid, processStart, bootId, newState, entries, incidents);
    }

    /** The same session with another process. */
    public SessionRecord withProcess(long newPid, long start, String boot) {
        return copy(newPid, start, boot, state, entries, incidents);
    }

    /** The same session with other entries. */
    public SessionRecord withEntries(List<EntryRecord> newEntries) {
        return copy(pid, processStart, bootId, state, newEntries, incidents);
    }

    /** The same session with other incidents. */
    public SessionRecord withIncidents(List<IncidentRecord> newIncidents) {
        return copy(pid, processStart, bootId, state, entries, newIncidents);
    }

    private SessionRecord copy(
            long newPid,
            long start,
            String boot,
            SessionState newState,
            List<EntryRecord> newEntries,
            List<IncidentRecord> newIncidents) {
        return new SessionRecord(
                version, id, name, newPid, start, boot, root, created, owner, mode, newState, recovery, permanent,
                limits, newEntries, newIncidents);
    }
}
