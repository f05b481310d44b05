package org.froggr.session.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.session.internal.checks.Orphan;
import org.froggr.session.internal.process.AnchorSweep;
import org.froggr.spi.doctor.DoctorCheck;
import org.froggr.spi.doctor.Finding;
import org.froggr.spi.doctor.Finding.Severity;

/** What no session owns: mounts, FUSE connections, processes, directories. */
final class LeakCheck implements DoctorCheck {
    private static final Duration RECENT = Duration.ofDays(1);

    private final ManagerContext context;
    private final Adopter adopter;
    private final Housekeeper housekeeper;
    private final OrphanSweep orphans;

    LeakCheck(ManagerContext context, Adopter adopter, Housekeeper housekeeper, OrphanSweep orphans) {
        this.context = context;
        this.adopter = adopter;
        this.housekeeper = housekeeper;
        this.orphans = orphans;
    }

    @Override
    public List<Finding> examine() throws ErrnoException {
        List<Finding> findings = new ArrayList<>();
        // Twice: what belongs to a session that begins or ends just now is seen once.
        Set<Orphan> before = new HashSet<>(orphans.look());
        Set<AnchorSweep.Stray> suspects = new HashSet<>(housekeeper.strays());
        List<UUID> unknown = unknown();
        orphans.look().stream().filter(before::contains).forEach(orphan -> findings.add(orphan(orphan)));
        housekeeper.strays().stream().filter(suspects::contains).forEach(stray -> findings.add(stray(stray)));
        unknown.retainAll(unknown());
        unknown.forEach(id -> findings.add(directory(id)));
        adopter.untouchable().forEach(id -> findings.add(newer(id)));
        context.store().strangers().forEach(name -> findings.add(stranger(name)));
        findings.addAll(deeds());
        return findings;
    }

    private Finding orphan(Orphan orphan) {
        Finding.Draft draft = switch (orphan.kind()) {
            case CONNECTION -> Finding.of(Severity.FAULT, "HUNG_CONNECTION", orphan.text())
                    .why("programs that use it wait for ever, and kill -9 does not end them")
                    .remedy("abort it: what waits gets an error", () -> orphans.end(orphan));
            case MOUNT -> Finding.of(Severity.WARNING, "ORPHAN_MOUNT", orphan.text())
                    .why("it hides what is below it and keeps its file system in use")
                    .remedy("unmount it", () -> orphans.end(orphan));
            case UNSERVED -> Finding.of(Severity.FAULT, "NOT_SERVED", orphan.text())
                    .why("programs that use its mounts wait until a platform serves it")
                    .advice("frg platform stop, so that the next one adopts it; frg session -k " + orphan.session()
                            + " --force, which gives it up");
            case DEAD -> Finding.of(Severity.FAULT, "DEAD_CONNECTION", orphan.text())
                    .why("every use of them fails with ENOTCONN")
                    .advice("frg session -k " + orphan.session() + " --force, and bind anew");
            case FOREIGN -> Finding.of(Severity.WARNING, "FOREIGN_MOUNT", orphan.text())
                    .why("Froggr never looks below it, and its own files may lie under it")
                    .advice("umount " + orphan.path().quoted() + ", if nobody needs it there");
        };
        draft.object(orphan.path()).holder(orphan.holder());
        return (orphan.session() == null ? draft : draft.session(orphan.session())).done();
    }

    private Finding stray(AnchorSweep.Stray stray) {
        return Finding.of(
                        Severity.WARNING,
                        "STRAY_PROCESS",
                        "process " + stray.pid() + " was the one of session " + stray.session() + " and is no more")
                .holder(stray.pid())
                .session(stray.session())
                .why("it keeps a mount namespace and its mounts alive")
                .remedy("end it", () -> {
                    if (housekeeper.strays().contains(stray)) {
                        context.sweep().terminate(stray, Duration.ofSeconds(1));
                    }
                })
                .done();
    }

    private List<UUID> unknown() throws ErrnoException {
        return new ArrayList<>(adopter.unknown());
    }

    private Finding directory(UUID id) {
        BytePath path = context.store().open(id).path();
        return Finding.of(Severity.WARNING, "ORPHAN_DIRECTORY", path.quoted() + " belongs to no session")
                .object(path)
                .session(id)
                .why("it is what a session left that was not made or not ended to the end")
                .remedy("adopt the session if there is enough of it, else remove the directory", () -> takeIn(id))
                .done();
    }

    private void takeIn(UUID id) throws ErrnoException {
        housekeeper.takeIn();
        if (adopter.unknown().contains(id)) {
            throw new IllegalStateException("it could not be adopted; the platform's log says why");
        }
    }

    private Finding newer(UUID id) {
        return Finding.of(Severity.WARNING, "NEWER_STATE", "session " + id + " is one of a newer version of Froggr")
                .object(context.store().open(id).path())
                .session(id)
                .why("this version leaves it alone: it can neither be used nor ended")
                .advice("the newer version again, or session -k with it")
                .done();
    }

    private Finding stranger(BytePath name) {
        BytePath path = context.home().path().resolve("sessions").resolve(name);
        return Finding.of(Severity.WARNING, "UNKNOWN_FILE", path.quoted() + " is not Froggr's")
                .object(path)
                .why("sessions/ is for session directories and nothing else")
                .advice("move it elsewhere")
                .done();
    }

    /** What the periodic sweep has done in the last day, so that somebody may ask why. */
    private List<Finding> deeds() {
        Instant since = Instant.now().minus(RECENT);
        return orphans.deeds().stream()
                .filter(deed -> deed.at().isAfter(since))
                .map(deed -> note(deed, Optional.ofNullable(deed.orphan().session())))
                .toList();
    }

    private static Finding note(OrphanSweep.Deed deed, Optional<UUID> session) {
        String undone = deed.orphan().kind() == Orphan.Kind.MOUNT ? "unmounted" : "aborted";
        String what = undone + " at " + deed.at().truncatedTo(ChronoUnit.SECONDS) + ": " + deed.orphan().text();
        Finding.Draft draft = Finding.of(Severity.NOTE, "SWEPT", what)
                .object(deed.orphan().path())
                .why("a session or a platform ended without its own clean-up");
        session.ifPresent(draft::session);
        return draft.done();
    }
}
