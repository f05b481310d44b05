package org.froggr.session.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.froggr.api.ErrnoException;
import org.froggr.api.FroggrException;
import org.froggr.api.session.SessionState;
import org.froggr.linux.MountInfo;
import org.froggr.session.internal.process.Anchor;
import org.froggr.session.internal.store.DirectoryCheck;
import org.froggr.session.internal.store.EntryRecord;
import org.froggr.session.internal.store.IncidentRecord;
import org.froggr.spi.doctor.DoctorCheck;
import org.froggr.spi.doctor.Finding;
import org.froggr.spi.doctor.Finding.Severity;

/** Whether each session is what its record says. Its mounts are looked up in the mount table, not used. */
final class SessionCheck implements DoctorCheck {
    private static final Duration RECENT = Duration.ofDays(1);
    private static final Duration PING_LIMIT = Duration.ofMillis(500);

    /** For how long sessions that are being changed are waited for, all together. */
    private static final Duration BUSY_LIMIT = Duration.ofSeconds(3);

    private final ManagerContext context;

    SessionCheck(ManagerContext context) {
        this.context = context;
    }

    @Override
    public List<Finding> examine() throws ErrnoException, FroggrException {
        List<Finding> findings = new ArrayList<>();
        long end = System.nanoTime() + BUSY_LIMIT.toNanos();
        for (LiveSession session : context.registry().all()) {
            // Who has the lock is changing what would be looked at.
            if (lock(session, end - System.nanoTime())) {
                try {
                    examine(session, findings);
                } finally {
                    session.lock().unlock();
                }
            } else {
                findings.add(busy(session));
            }
        }
        return findings;
    }

    private static boolean lock(LiveSession session, long nanos) {
        try {
            return session.lock().tryLock(Math.max(nanos, 0), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Finding busy(LiveSession session) {
        return finding(session, Severity.NOTE, "BUSY", "is being changed and was not looked at")
                .object(session.files().path())
                .why("an operation on it, or its recovery, is under way")
                .advice("frg doctor again, when that is done")
                .done();
    }

    private void examine(LiveSession session, List<Finding> findings)
            throws ErrnoException, FroggrException {
        if (session.hasEnded()) {
            return;
        }
        if (session.record().state() == SessionState.FAILED) {
            findings.add(quarantined(session));
        } else {
            process(session).ifPresent(findings::add);
            mounts(session, findings);
        }
        new DirectoryCheck(session.files(), () -> mendPipes(session)).examine(findings);
        session.record().incidents().stream()
                .filter(incident -> incident.at().isAfter(Instant.now().minus(RECENT)))
                .forEach(incident -> findings.add(incident(session, incident)));
    }

    private static Finding.Draft finding(LiveSession session, Severity severity, String code, String what) {
        return Finding.of(severity, code, "session " + session.label() + " " + what).session(session.id());
    }

    private static Finding quarantined(LiveSession session) {
        String last = session.record().incidents().stream()
                .reduce((first, second) -> second)
                .map(incident -> ": " + incident.detail())
                .orElse("");
        return finding(session, Severity.FAULT, "QUARANTINED", "is in quarantine" + last)
                .object(session.files().path())
                .holder(session.record().pid())
                .why("recovery gave up: what is left of it was not touched")
                .advice("frg session " + session.id() + ", which tells what happened; then frg session -k "
                        + session.id())
                .done();
    }

    private static Optional<Finding> process(LiveSession session) {
        Anchor anchor = session.anchor().orElse(null);
        if (anchor == null || !anchor.alive()) {
            return Optional.of(finding(session, Severity.FAULT, "NO_PROCESS", "has no living process")
                    .why("nothing keeps its mount namespace and its FUSE device when the platform ends")
                    .advice("frg platform stop: the next platform recovers it; else frg session -k " + session.id())
                    .done());
        }
        if (anchor.ping(PING_LIMIT)) {
            return Optional.empty();
        }
        return Optional.of(finding(session, Severity.WARNING, "SILENT_PROCESS", "has a process that does not answer")
                .holder(anchor.pid())
                .why("after the ping deadline it counts as hung and is replaced")
                .advice("kill -CONT " + anchor.pid() + ", if somebody stopped it")
                .done());
    }

    private static void mounts(LiveSession session, List<Finding> findings)
            throws ErrnoException, FroggrException {
        List<EntryRecord> entries = session.record().entries();
        if (entries.isEmpty() || !session.hasLivingProcess()) {
            return;
        }
        Set<Long> ids = new HashSet<>();
        MountInfo.parse(session.space().mountInfo()).forEach(mount -> ids.add((long) mount.id()));
        for (EntryRecord entry : entries) {
            if (entry.stage() == EntryRecord.Stage.LOST || entry.present() && !ids.contains(entry.mount())) {
                findings.add(gone(session, entry));
            }
        }
    }

    private static Finding gone(LiveSession session, EntryRecord entry) {
        return finding(session, Severity.WARNING, "MOUNT_GONE", "has lost its mount at " + entry.target().quoted())
                .object(entry.target())
                .why("somebody unmounted it without Froggr, or removed its target")
                .advice("frg unmount " + entry.target().quoted() + ", which forgets it; then mount or bind again")
                .done();
    }

    private static Finding incident(LiveSession session, IncidentRecord incident) {
        String done = incident.action().isEmpty() ? "" : "; " + incident.action();
        String when = incident.at().truncatedTo(ChronoUnit.SECONDS).toString();
        return finding(session, Severity.NOTE, "INCIDENT", "had one at " + when + ": " + incident.detail() + done)
                .object(incident.kind())
                .done();
    }

    private void mendPipes(LiveSession session) throws ErrnoException {
        session.lock().lock();
        try {
            if (!session.hasEnded() && session.files().ensurePipes()) {
                context.pipes().add(session.id(), session.files());
            }
        } finally {
            session.lock().unlock();
        }
    }
}
