package org.froggr.session.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
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
import org.froggr.api.session.UnionInfo;
import org.froggr.linux.DescriptorStore;
import org.froggr.linux.Fd;
import org.froggr.session.internal.process.Anchor;
import org.froggr.session.internal.process.Inheritance;
import org.froggr.session.internal.served.ServedTrees;
import org.froggr.session.internal.store.SessionDirectory;
import org.froggr.session.internal.store.SessionRecord;
import org.froggr.spi.backend.Attachment;
import org.froggr.spi.backend.MountBackend;
import org.froggr.spi.presentation.MountSpace;

/**
 * One session: its ledger, its process and the trees it holds. Changes are made under {@link #lock}, by
 * the parts of the session manager; reading needs no lock.
 */
final class LiveSession implements Session {
    private static final int SHORT_ID = 8;

    private final ManagerContext context;
    private final SessionDirectory directory;
    private final Ledger ledger;
    private final SessionView view = new SessionView(this);
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Holding> attachments = new ConcurrentHashMap<>();

    private final Map<Long, BytePath> moves = new HashMap<>();

    private final ServedTrees served;

    /** What is kept open for the next platform; null as long as nothing was. */
    private volatile DescriptorStore store;

    private volatile Anchor anchor;
    private volatile Anchoring anchoring;
    private volatile boolean ended;
    private volatile Results.Check lastPing = new Results.Check("pipe", true, "not asked yet");

    LiveSession(ManagerContext context, SessionDirectory directory, SessionRecord record) {
        this.context = context;
        this.directory = directory;
        this.ledger = new Ledger(directory, record, context.log());
        this.served = new ServedTrees(record.id().toString().substring(0, SHORT_ID), new SessionSurroundings(context, this));
    }

    // What the parts of the manager use

    ReentrantLock lock() {
        return lock;
    }

    SessionRecord record() {
        return ledger.record();
    }

    /** Where its record is changed, under the lock. */
    Ledger ledger() {
        return ledger;
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

    /** Who gives it processes. */
    void setAnchoring(Anchoring by) {
        anchoring = by;
    }

    /** Gives it another process, which gets the device of its file system and what is kept open. */
    void replaceAnchor(int device) throws FroggrException {
        anchoring.replace(this, new Inheritance(OptionalInt.of(device), store(), OptionalInt.empty()));
    }

    /** Socket of what is kept open for the next platform, if anything is. */
    OptionalInt store() {
        DescriptorStore now = store;
        return now == null ? OptionalInt.empty() : OptionalInt.of(now.number());
    }

    /** The same, made if there is none; under the lock. */
    DescriptorStore openStore() throws ErrnoException {
        if (store == null) {
            store = DescriptorStore.make();
        }
        return store;
    }

    /** Goes on with that of a platform before, or without one if it is null; under the lock. */
    void setStore(DescriptorStore other) {
        DescriptorStore before = store;
        store = other;
        if (before != null) {
            try {
                before.close();
            } catch (ErrnoException e) {
                context.log().warn("session {}: {}", record().id(), e.getMessage());
            }
        }
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
     * @param by the backend that has to give it back; null if no entry of the session refers to it
     */
    record Holding(Attachment tree, MountBackend by) {}

    /**
     * Trees of this session by {@link org.froggr.session.internal.store.EntryRecord#treeKey}; put in under the lock. Whose backend goes
     * takes them out without it: who has the lock may be waiting for that backend's successor.
     */
    Map<String, Holding> attachments() {
        return attachments;
    }

    /** Takes out those that the platform itself presents, without these. */
    List<Holding> takeServedBut(Set<String> keys) {
        List<Holding> taken = new ArrayList<>();
        attachments
                .entrySet()
                .removeIf(e -> e.getKey().contains(".") && !keys.contains(e.getKey()) && taken.add(e.getValue()));
        return taken;
    }

    /** The trees that the platform itself presents. */
    ServedTrees served() {
        return served;
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
        setStore(null);
    }

    /** Short id, and the name if there is one. */
    String label() {
        String id = record().id().toString().substring(0, SHORT_ID);
        return record().name() == null ? id : id + " (" + record().name() + ")";
    }

    boolean hasEntryAt(BytePath target) {
        String text = target.toString();
        return record().entries().stream().anyMatch(e -> e.targetText().equals(text));
    }

    boolean isMountNamespace(long inode) {
        Anchor process = anchor;
        return process != null && process.mountNamespace() == inode;
    }

    /** The namespace that this session's mounts are in; for a private one that of its process. */
    MountSpace space() throws FroggrException {
        Anchor process = anchor;
        if (process == null) {
            if (record().mode() == SessionMode.SHARED) {
                return context.ownSpace();
            }
            throw FroggrException.of(
                            Fault.UNAVAILABLE, "the session " + label() + " has no process, so no mount namespace")
                    .hint("frg session " + record().id());
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
            context.log().debug("session {}: {}", record().id(), e.getMessage());
        }
        return context.ownSpace();
    }

    /**
     * Moves to another state, saves that if it can, and tells whoever listens. A session must be mended,
     * and end, also when the disk is full: the next platform finds out from the process and the mounts.
     *
     * @throws IllegalStateException if the table does not allow it
     */
    void move(SessionState to) {
        SessionState from = record().state();
        if (from != to) {
            ledger.updateAnyway(r -> r.in(StateTable.move(from, to)));
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
                record().id(),
                Map.of(
                        "event", "state",
                        "session", record().id().toString(),
                        "state", record().state().name(),
                        "pid", record().pid(),
                        "entries", record().entries().size()));
    }

    void publishError(String message) {
        context.pipes().publish(
                record().id(), Map.of("event", "error", "session", record().id().toString(), "message", message));
    }

    // The session API

    @Override
    public UUID id() {
        return record().id();
    }

    @Override
    public SessionInfo info() {
        return new Results.Info(record());
    }

    @Override
    public List<NamespaceEntry> entries() {
        return List.copyOf(record().entries());
    }

    @Override
    public String namespaceText() {
        return ledger.namespaceText();
    }

    @Override
    public List<HistoryEntry> history(int most) throws FroggrException {
        return view.history(most);
    }

    @Override
    public List<Resource> resources() throws FroggrException {
        return view.resources();
    }

    @Override
    public List<UnionInfo> unions() {
        return served.describe();
    }

    @Override
    public HealthReport health() {
        return view.health(lastPing);
    }

    @Override
    public BytePath directory() {
        return directory.path();
    }

    @Override
    public Entrance entrance() throws FroggrException {
        return view.entrance();
    }

    @Override
    public void notifyMountSuccess(String source, BytePath target) throws FroggrException {
        Reports.add(context.registry(), this, EntryKind.MOUNT, source, target);
    }

    @Override
    public void notifyBindSuccess(BytePath source, BytePath target) throws FroggrException {
        Reports.add(context.registry(), this, EntryKind.BIND, source.toString(), target);
    }
}
