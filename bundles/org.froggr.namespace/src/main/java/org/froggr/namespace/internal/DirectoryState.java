package org.froggr.namespace.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.froggr.api.ErrnoException;

/** What the union knows of a directory: its number, its place, its view. */
abstract class DirectoryState extends UnionNode {
    private static final byte[] NO_NAME = {};
    private static final Part[] NO_PARTS = {};
    private static final long UNSEEN = Long.MIN_VALUE;
    private static final AtomicIntegerFieldUpdater<DirectoryState> CHANGES =
            AtomicIntegerFieldUpdater.newUpdater(DirectoryState.class, "changes");

    private final Head head;

    /** Its inode number, as long as it is in use. */
    final long number;

    /** Id of the member that gives numbers to the directories below: see {@link DirectoryNumbers}. */
    private volatile long base = UNSEEN;

    private boolean baseKept;

    /** How often something is known to have come into it. */
    private volatile int changes;

    /** What the table finds it by. Changed under the locks of the table alone, together with its name. */
    private volatile int hash;

    /** Null if it is not known; its parts are retained. */
    private volatile View view;

    /** Parts it does not have any more, which operations under way may still use. Guarded by this. */
    private List<Part> retired = List.of();

    /** Of which {@link #dispose} was called. Guarded by this. */
    private boolean disposed;

    DirectoryState(Head head, DirectoryNode parent, byte[] name, long number) {
        super(parent, parent == null ? NO_NAME : name);
        this.head = head;
        this.number = number;
        hash = NodeTable.hash(parent, this.name);
    }

    /** This, which has no other subclass. */
    abstract DirectoryNode self();

    @Override
    Head head() {
        return head;
    }

    @Override
    int hash() {
        return hash;
    }

    boolean isRoot() {
        return parent == null;
    }

    int changes() {
        return changes;
    }

    /** In one of its members a name has come, or may have. */
    void changed() {
        CHANGES.incrementAndGet(this);
    }

    /** Id of a member, or {@link Numbers#NO_BASE}. */
    long base() {
        return base;
    }

    private void noteBase(View found) {
        if (found.parts.length == 0) {
            return;
        }
        long seen = found.isMerged() ? Numbers.NO_BASE : found.parts[0].member.bound.id();
        if (base == UNSEEN) {
            base = DirectoryNumbers.base(self(), seen);
        }
        if (seen != base && !baseKept) {
            DirectoryNumbers.keepBase(self(), base);
            baseKept = true;
        }
    }

    /** The present view. The caller is inside no gate. */
    View view() throws ErrnoException {
        View now = view;
        return now != null && head.isCurrent(now) ? now : Views.refresh(self());
    }

    /** The view that was seen last, which may not be valid any more, or null. */
    View lastView() {
        return view;
    }

    /** The view is to be found out anew. */
    synchronized void invalidate() {
        View now = view;
        if (now != null) {
            view = new View(now.members, now.epoch - 1, now.expires, now.parts, now.failing);
        }
    }

    /**
     * Puts a view in place that was found out while another one was valid, and this was its name.
     *
     * @return false if that is so no more; the look-ups of its parts have been given back
     */
    synchronized boolean install(View found, View before, byte[] nameThen) {
        if (view != before || name != nameThen) {
            Views.forget(found);
            return false;
        }
        install(found);
        return true;
    }

    /** Adds a part that was made, with a look-up for it. */
    synchronized Part add(Part part) {
        View now = view;
        if (now == null || name == null || now.members.position(part.member) < 0) {
            part.forget();
            throw Part.Exchanged.again();
        }
        install(now.with(part));
        return view.in(part.member);
    }

    /** Puts a view in place whose parts have a look-up for it. */
    synchronized void install(View found) {
        View before = view;
        if (disposed) {
            Views.forget(found);
            return;
        }
        for (int i = 0; i < found.parts.length; i++) {
            found.parts[i] = known(before, found.parts[i]);
        }
        noteBase(found);
        view = found;
        register();
        for (Part part : before == null ? NO_PARTS : before.parts) {
            if (found.in(part.member) != part) {
                retire(part);
            }
        }
    }

    /** Lets events in the members find it. */
    synchronized void register() {
        if (!disposed && view != null) {
            for (Part part : view.parts) {
                part.member.directories.put(part.node, self());
            }
        }
    }

    /** A part that was there before instead of a new one that is the same. */
    private static Part known(View before, Part part) {
        Part old = before == null ? null : before.in(part.member);
        if (old == null || old == part || old.node != part.node || old.epoch != part.epoch) {
            return part;
        }
        part.forget();
        return old;
    }

    private void retire(Part part) {
        part.member.directories.remove(part.node, self());
        if (!part.isCurrent()) {
            // Nobody is left who uses a tree that was exchanged.
            part.forget();
            return;
        }
        retired = new ArrayList<>(retired);
        retired.add(part);
    }

    /** It was removed, or is another directory now: it has no name, and nothing is in it. */
    synchronized void detach() {
        if (name != null) {
            DirectoryNumbers.lost(self(), parent, name);
            DirectoryNumbers.gone(self());
            int nameless = NodeTable.hash(this);
            head.table.rekey(this, nameless, () -> {
                name = null;
                hash = nameless;
            });
        }
        install(new View(head.present(), head.viewEpoch(), View.NEVER, NO_PARTS, List.of()));
    }

    /** It was renamed. The caller has it in use. */
    void place(DirectoryNode newParent, byte[] newName) {
        newParent.retain();
        DirectoryNode before;
        byte[] nameBefore;
        synchronized (this) {
            before = parent;
            nameBefore = name;
            int newHash = NodeTable.hash(newParent, newName);
            head.table.rekey(this, newHash, () -> {
                parent = newParent;
                name = newName;
                hash = newHash;
            });
        }
        if (nameBefore != null && !(before == newParent && Arrays.equals(nameBefore, newName))) {
            DirectoryNumbers.lost(self(), before, nameBefore);
        }
        before.release(1);
    }

    @Override
    void dispose() {
        View last;
        List<Part> gone;
        synchronized (this) {
            disposed = true;
            last = view;
            gone = retired;
            retired = List.of();
        }
        for (Part part : last == null ? NO_PARTS : last.parts) {
            part.member.directories.remove(part.node, self());
            part.forget();
        }
        gone.forEach(Part::forget);
    }

    /** A part to tell the attributes of when there is no other: its member has left the union. Null if none. */
    synchronized Part lastRetired() {
        return retired.isEmpty() ? null : retired.get(retired.size() - 1);
    }
}
