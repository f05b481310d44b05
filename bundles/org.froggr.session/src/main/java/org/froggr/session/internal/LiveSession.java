package org.froggr.session.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.froggr.api.session.Entrance;
import org.froggr.api.session.EntryKind;
import org.froggr.api.session.HealthReport;
import org.froggr.api.session.HistoryEntry;
import org.froggr.api.session.NamespaceEntry;
import org.froggr.api.session.Resource;
import org.froggr.api.session.Session;
import org.froggr.api.session.SessionInfo;
import org.froggr.api.session.SessionMode;
import org.froggr.api.session.SessionState;
import org.froggr.linux.Fd;
import org.froggr.session.internal.process.Anchor;
import org.froggr.session.internal.process.ResourceMeter;
import org.froggr.session.internal.store.EntryRecord;
import org.froggr.session.internal.store.IncidentRecord;
import org.froggr.session.internal.store.NamespaceText;
import org.froggr.session.internal.store.SessionDirectory;
import org.froggr.session.internal.store.SessionRecord;
import org.froggr.spi.backend.Attachment;
import org.froggr.spi.backend.MountBackend;
import org.froggr.spi.presentation.MountSpace;

/**
 * One session: its record, its process and the trees it holds. Changes are made under {@link #lock}, by
 * the parts of the session manager; reading needs no lock.
 */
final class LiveSession implements Session {
    private static final int SHORT_ID = 8;
    private static final int MOST_INCIDENTS = 100;

    private final ManagerContext context;
    private final SessionDirectory directory;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Long, Holding> attachments = new ConcurrentHashMap<>();

    private final Map<Long, BytePath> moves = new HashMap<>();

    private volatile SessionRecord record;
    private volatile Anchor anchor;
    private volatile boolean ended;
    private volatile Results.Check lastPing = new Results.Check("pipe", true, "not asked yet");

    LiveSession(ManagerContext context, SessionDirectory directory, SessionRecord record) {
        this.context = context;
        this.directory = directory;
        this.record = record;
    }

    // What the parts of the manager use

    ReentrantLock lock() {
        return lock;
    }

    SessionRecord record() {
        return record;
    }

    SessionDirectory files() {
        return directory;
    }

    Optional<Anchor> anchor() {
        return Optional.ofNullable(anchor);
    }

    void setAnchor(Anchor process) {
        anchor = process;
    }

    boolean hasLivingProcess() {
        Anchor process = anchor;
        return process != null && process.alive();
    }

    void setPing(boolean ok, String detail) {
        lastPing = new Results.Check("pipe", ok, detail);
    }

    /**
     * A backend's tree in use.
     *
     * @param by the backend that has to give it back
     */
    record Holding(Attachment tree, MountBackend by) {}

    /**
     * Trees of this session by the kernel's id of their mount; put in under the lock. Whose backend goes
     * takes them out without it: who has the lock may be waiting for that backend's successor.
     */
    Map<Long, Holding> attachments() {
        return attachments;
    }

    /** Whether it is news that the mount point of that mount was renamed; used under the lock. */
    boolean firstNoticeOfMove(long mountId, BytePath to) {
        return !to.equals(moves.put(mountId, to));
    }

    boolean hasEnded() {
        return ended;
    }

    void setEnded() {
        ended = true;
    }

    /** Short id, and the name if there is one. */
    String label() {
        String id = record.id().toString().substring(0, SHORT_ID);
        return record.name() == null ? id : id + " (" + record.name() + ")";
    }

    boolean hasEntryAt(BytePath target) {
        String text = target.toString();
        return record.entries().stream().anyMatch(e -> e.targetText().equals(text));
    }

    boolean isMountNamespace(long inode) {
        Anchor process = anchor;
        return process != null && process.mountNamespace() == inode;
    }

    /** The namespace that this session's mounts are in; for a private one that of its process. */
    MountSpace space() throws FroggrException {
        Anchor process = anchor;
        if (process == null) {
            if (record.mode() == SessionMode.SHARED) {
                return context.ownSpace();
            }
            throw FroggrException.of(
                            Fault.UNAVAILABLE, "the session " + label() + " has no process, so no mount namespace")
                    .hint("frg session " + record.id());
        }
        return process.space();
    }

    /** The same, or the platform's own if its process has ended: the file systems are the same in both. */
    MountSpace reachableSpace() {
        Anchor process = anchor;
        try {
            if (process != null) {
                Fd.closeQuietly(process.space().open(BytePath.ROOT));
                return process.space();
            }
        } catch (ErrnoException e) {
            context.log().debug("session {}: {}", record.id(), e.getMessage());
        }
        return context.ownSpace();
    }

    /**
     * Changes the record and saves it. If it cannot be saved, the record stays as it was.
     *
     * @param durable whether it must survive a power failure
     */
    void update(UnaryOperator<SessionRecord> change, boolean durable) throws ErrnoException {
        SessionRecord changed = change.apply(record);
        directory.save(changed, durable);
        take(changed);
    }

    /**
     * Changes the record, and saves it if that is possible: for what has happened already, or must not
     * depend on a disk that is full.
     */
    void updateAnyway(UnaryOperator<SessionRecord> change) {
        SessionRecord changed = change.apply(record);
        try {
            directory.save(changed, false);
        } catch (ErrnoException e) {
            context.log().error("session {}: its file is out of date: {}", record.id(), e.getMessage());
        }
        take(changed);
    }

    /** The lines of {@code ns} only repeat what {@code session.json} says: without them nothing fails. */
    private void take(SessionRecord changed) {
        boolean entriesChanged = !changed.entries().equals(record.entries());
        record = changed;
        if (entriesChanged) {
            try {
                directory.saveNamespace(namespaceText());
            } catch (ErrnoException e) {
                context.log().warn("session {}: its lines of ns are out of date: {}", record.id(), e.getMessage());
            }
        }
    }

    /**
     * Moves to another state, saves that if it can, and tells whoever listens. A session must be mended,
     * and end, also when the disk is full: the next platform finds out from the process and the mounts.
     *
     * @throws IllegalStateException if the table does not allow it
     */
    void move(SessionState to) {
        SessionState from = record.state();
        if (from != to) {
            updateAnyway(r -> r.in(StateTable.move(from, to)));
            publishState();
        }
    }

    /** An error for a record that could not be saved. */
    FroggrException unwritable(ErrnoException e) {
        return OsFault.of(e, "the file of session " + label() + " in " + directory().quoted() + " cannot be written")
                .about(directory())
                .hint("df " + directory().quoted());
    }

    void publishState() {
        context.pipes().publish(
                record.id(),
                Map.of(
                        "event", "state",
                        "session", record.id().toString(),
                        "state", record.state().name(),
                        "pid", record.pid(),
                        "entries", record.entries().size()));
    }

    void publishError(String message) {
        context.pipes().publish(
                record.id(), Map.of("event", "error", "session", record.id().toString(), "message", message));
    }

    /** Keeps a newest incident, and forgets the oldest beyond a hundred. */
    void addIncident(IncidentRecord incident) {
        List<IncidentRecord> all = new ArrayList<>(record.incidents());
        all.add(incident);
        List<IncidentRecord> kept = all.subList(Math.max(0, all.size() - MOST_INCIDENTS), all.size());
        updateAnyway(r -> r.withIncidents(kept));
    }

    /** Writes a line of history; a full disk must not make the operation itself fail. */
    void remember(String operation, List<String> arguments, String result, Duration duration) {
        try {
            directory.history(record.limits().history()).append(Instant.now(), operation, arguments, result, duration);
        } catch (ErrnoException e) {
            context.log().warn("session {}: the history cannot be written: {}", record.id(), e.getMessage());
        }
    }

    // The session API

    @Override
    public UUID id() {
        return record.id();
    }

    @Override
    public SessionInfo info() {
        return new Results.Info(record);
    }

    @Override
    public List<NamespaceEntry> entries() {
        return List.copyOf(record.entries());
    }

    @Override
    public String namespaceText() {
        return NamespaceText.render(record.entries());
    }

    @Override
    public List<HistoryEntry> history(int most) throws FroggrException {
        requireAlive();
        try {
            return directory.history(record.limits().history()).tail(most);
        } catch (ErrnoException e) {
            throw OsFault.of(e, "the history of session " + label() + " cannot be read");
        }
    }

    @Override
    public List<Resource> resources() throws FroggrException {
        requireAlive();
        return ResourceMeter.measure(
                anchor().map(Anchor::pid).orElse(0L), id(), record.entries().size(), record.limits().mounts());
    }

    @Override
    public HealthReport health() {
        boolean alive = hasLivingProcess();
        List<EntryRecord> lost =
                record.entries().stream().filter(e -> e.stage() == EntryRecord.Stage.LOST).toList();
        return new Results.Health(List.of(
                new Results.Check("process", alive, alive ? "process " + record.pid() + " lives" : "no process"),
                lastPing,
                new Results.Check(
                        "mounts",
                        lost.isEmpty(),
                        lost.isEmpty()
                                ? "all " + record.entries().size() + " there"
                                : "gone: " + String.join(", ", lost.stream().map(e -> e.target().quoted()).toList()))));
    }

    @Override
    public BytePath directory() {
        return directory.path();
    }

    @Override
    public Entrance entrance() throws FroggrException {
        requireAlive();
        Anchor process = anchor().filter(Anchor::alive).orElseThrow(() -> FroggrException.of(
                        Fault.UNAVAILABLE, "the session " + label() + " has no living process to enter")
                .hint("frg session " + record.id()));
        boolean isPrivate = record.mode() == SessionMode.PRIVATE;
        return new Results.EntranceResult(
                id(),
                process.pid(),
                process.processStart(),
                isPrivate,
                isPrivate && process.space().access() == MountSpace.Access.BY_PROCESS,
                workingDirectory(process.space()));
    }

    /** The root; the directory that holds it if it is a file, as after a bind of one. */
    private BytePath workingDirectory(MountSpace space) {
        BytePath root = BytePath.of(record.root());
        try (Located located = Located.open(space, root)) {
            return located.isDirectory() ? root : root.parent();
        } catch (ErrnoException e) {
            // Who wants to enter is told by the shell that changes directory.
            return root;
        }
    }

    @Override
    public void notifyMountSuccess(String source, BytePath target) throws FroggrException {
        Reports.add(context.registry(), this, EntryKind.MOUNT, source, target);
    }

    @Override
    public void notifyBindSuccess(BytePath source, BytePath target) throws FroggrException {
        Reports.add(context.registry(), this, EntryKind.BIND, source.toString(), target);
    }

    private void requireAlive() throws FroggrException {
        if (ended) {
            throw FroggrException.of(Fault.NO_SESSION, "the session " + label() + " has ended");
        }
    }
}
