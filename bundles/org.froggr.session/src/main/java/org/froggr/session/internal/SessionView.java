package org.froggr.session.internal;

import java.util.ArrayList;
import java.util.List;
import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.froggr.api.session.Entrance;
import org.froggr.api.session.HealthReport;
import org.froggr.api.session.HistoryEntry;
import org.froggr.api.session.Resource;
import org.froggr.api.session.SessionMode;
import org.froggr.session.internal.process.Anchor;
import org.froggr.session.internal.process.ResourceMeter;
import org.froggr.session.internal.store.EntryRecord;
import org.froggr.session.internal.store.SessionRecord;
import org.froggr.spi.presentation.MountSpace;

/** What a session answers when it is asked how it is; changes nothing, and needs no lock. */
final class SessionView {
    private final LiveSession session;
    private final ServedMeter servedMeter = new ServedMeter();

    SessionView(LiveSession session) {
        this.session = session;
    }

    List<HistoryEntry> history(int most) throws FroggrException {
        requireAlive();
        try {
            return session.files().history(session.record().limits().history()).tail(most);
        } catch (ErrnoException e) {
            throw OsFault.of(e, "the history of session " + session.label() + " cannot be read");
        }
    }

    List<Resource> resources() throws FroggrException {
        requireAlive();
        SessionRecord record = session.record();
        List<Resource> resources = new ArrayList<>(ResourceMeter.measure(
                session.anchor().map(Anchor::pid).orElse(0L), record.id(), record.entries().size(),
                record.limits().mounts()));
        session.served().usage().ifPresent(usage -> resources.addAll(servedMeter.measure(usage)));
        return resources;
    }

    /** @param lastPing whether the process answered when it was last asked */
    HealthReport health(Results.Check lastPing) {
        return new Results.Health(List.of(process(), lastPing, mounts()));
    }

    private Results.Check process() {
        boolean alive = session.hasLivingProcess();
        return new Results.Check(
                "process", alive, alive ? "process " + session.record().pid() + " lives" : "no process");
    }

    private Results.Check mounts() {
        List<EntryRecord> entries = session.record().entries();
        List<String> lost = entries.stream()
                .filter(e -> e.stage() == EntryRecord.Stage.LOST)
                .map(e -> e.target().quoted())
                .toList();
        return new Results.Check(
                "mounts",
                lost.isEmpty(),
                lost.isEmpty() ? "all " + entries.size() + " there" : "gone: " + String.join(", ", lost));
    }

    Entrance entrance() throws FroggrException {
        requireAlive();
        Anchor process = session.anchor().filter(Anchor::alive).orElseThrow(() -> FroggrException.of(
                        Fault.UNAVAILABLE, "the session " + session.label() + " has no living process to enter")
                .hint("frg session " + session.id()));
        boolean isPrivate = session.record().mode() == SessionMode.PRIVATE;
        return new Results.EntranceResult(
                session.id(),
                process.pid(),
                process.processStart(),
                isPrivate,
                isPrivate && process.space().access() == MountSpace.Access.BY_PROCESS,
                workingDirectory(process.space()));
    }

    /** The root; the directory that holds it if it is a file, as after a bind of one. */
    private BytePath workingDirectory(MountSpace space) {
        BytePath root = BytePath.of(session.record().root());
        try (Located located = Located.open(space, root)) {
            return located.isDirectory() ? root : root.parent();
        } catch (ErrnoException e) {
            // Who wants to enter is told by the shell that changes directory.
            return root;
        }
    }

    private void requireAlive() throws FroggrException {
        if (session.hasEnded()) {
            throw FroggrException.of(Fault.NO_SESSION, "the session " + session.label() + " has ended");
        }
    }
}
