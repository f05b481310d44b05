package org.froggr.session.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.froggr.api.session.UnmountMode;
import org.froggr.session.internal.process.Holders;
import org.froggr.session.internal.store.EntryRecord;

/**
 * Takes entries out of a session's namespace: all that are asked for, or none. Invariant: what has been
 * withdrawn so far is in {@link #undone}, newest last, and is put back in reverse order on failure.
 * The caller holds the session's lock.
 */
final class Removal {
    private final ManagerContext context;
    private final Placement placement;
    private final LiveSession session;
    private final List<EntryRecord> undone = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    Removal(ManagerContext context, LiveSession session) {
        this.context = context;
        this.placement = new Placement(context);
        this.session = session;
    }

    /** What a person should know, one sentence each. */
    List<String> notes() {
        return notes;
    }

    /**
     * Removes entries, the newest first.
     *
     * @param selected entries of the session
     * @throws FroggrException BUSY with the holders, and everything is as it was
     */
    void remove(List<EntryRecord> selected, UnmountMode mode) throws FroggrException {
        if (selected.isEmpty()) {
            return;
        }
        List<EntryRecord> covering = withdrawAll(selected, mode);
        // Unmounted by others while no platform ran; what belongs to them was taken over all the same
        selected.stream().filter(e -> e.stage() == EntryRecord.Stage.LOST).forEach(e -> placement.forget(session, e));
        new MadeTargets(context.registry()).remove(session, selected);
        Collections.reverse(covering);
        covering.forEach(this::putBack);
    }

    /** Withdraws what is selected and what covers it; returns the latter, newest first. */
    private List<EntryRecord> withdrawAll(List<EntryRecord> selected, UnmountMode mode) throws FroggrException {
        List<EntryRecord> covering = new ArrayList<>();
        List<EntryRecord> newestFirst = new ArrayList<>(session.record().entries());
        Collections.reverse(newestFirst);
        int left = selected.size();
        for (EntryRecord entry : newestFirst) {
            if (left == 0) {
                break;
            }
            boolean wanted = selected.contains(entry);
            if (wanted) {
                left--;
                withdraw(entry, mode);
            } else if (covers(entry, selected)) {
                covering.add(entry);
                withdraw(entry, UnmountMode.ORDERLY);
            }
        }
        return covering;
    }

    /** Whether an entry lies over one of the selected, which the kernel could not unmount below it. */
    private static boolean covers(EntryRecord entry, List<EntryRecord> selected) {
        return selected.stream()
                .anyMatch(s -> entry.targetText().equals(s.targetText()) && !(s.isServed() && s.head() == entry.head()));
    }

    private void withdraw(EntryRecord entry, UnmountMode mode) throws FroggrException {
        if (entry.stage() != EntryRecord.Stage.PRESENT) {
            return;
        }
        Patience patience = new Patience(() -> Holders.of(mounts(entry)));
        try {
            withdraw(entry, mode, patience);
            undone.add(entry);
        } catch (ErrnoException e) {
            if (e.is(Errno.EINVAL) || e.is(Errno.ENOENT)) {
                notes.add(entry.target().quoted() + " was unmounted by someone else already");
                placement.forget(session, entry);
                return;
            }
            if (e.is(Errno.ESRCH) && !session.hasLivingProcess()) {
                notes.add(entry.target().quoted() + " went with the session's process, which has just ended");
                placement.forget(session, entry);
                return;
            }
            FroggrException fault = e.is(Errno.EBUSY)
                    ? Busy.mount(entry, e, patience.seen())
                    : OsFault.of(e, entry.target().quoted() + " cannot be unmounted").about(entry.target());
            restore();
            throw fault;
        } catch (FroggrException e) {
            restore();
            throw e;
        }
    }

    private void withdraw(EntryRecord entry, UnmountMode mode, Patience patience)
            throws ErrnoException, FroggrException {
        while (true) {
            try {
                placement.withdraw(session, entry, mode);
                return;
            } catch (ErrnoException e) {
                boolean mayEnd = e.is(Errno.EBUSY) && Busy.byMountBelow(entry, e).isEmpty();
                if (!mayEnd || !patience.lasts()) {
                    throw e;
                }
            }
        }
    }

    /** A holder of what came along with it keeps a mount busy as well. */
    private static Set<Long> mounts(EntryRecord entry) {
        Set<Long> ids = new HashSet<>(Set.of(entry.mount()));
        if (entry.along() != null) {
            entry.along().forEach(submount -> ids.add(submount.mountId()));
        }
        return ids;
    }

    private void restore() {
        Collections.reverse(undone);
        undone.forEach(this::putBack);
        undone.clear();
    }

    /** Mounts an entry again that was withdrawn a moment ago. */
    private void putBack(EntryRecord entry) {
        if (entry.stage() != EntryRecord.Stage.PRESENT) {
            return;
        }
        EntryRecord again;
        try {
            again = placement.placeAgain(session, entry);
        } catch (FroggrException e) {
            again = entry.lost();
            notes.add(entry.target().quoted() + " could not be mounted again: " + e.getMessage());
        }
        EntryRecord changed = again;
        session.ledger().updateAnyway(r -> r.withEntries(Entries.replace(r.entries(), entry, changed)));
    }

    /** An error for a target at which nothing of Froggr is mounted. */
    static FroggrException notMounted(BytePath target, String nearest) {
        return FroggrException.of(Fault.NOT_MOUNTED, "nothing of Froggr is mounted on " + target.quoted())
                .about(target)
                .hint(nearest);
    }
}
