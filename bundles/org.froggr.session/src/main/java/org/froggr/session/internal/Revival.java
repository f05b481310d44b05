package org.froggr.session.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.api.FroggrException;
import org.froggr.api.session.UnmountMode;
import org.froggr.session.internal.served.ServedTrees;
import org.froggr.session.internal.served.Sources;
import org.froggr.session.internal.served.StaleMounts;
import org.froggr.session.internal.store.EntryRecord;

/**
 * Presents again what a platform that has ended presented: its mounts are taken away, since nobody answers
 * them, and made anew. Until that is done the record says what it said before, so that one that is cut off
 * is done again. The caller holds the session's lock; the session has a process.
 */
final class Revival {
    private final ManagerContext context;
    private final LiveSession session;
    private final List<EntryRecord> orphans;

    Revival(ManagerContext context, LiveSession session) {
        this.context = context;
        this.session = session;
        this.orphans = session.record().entries().stream()
                .filter(e -> e.present() && e.isServed() && session.served().head(e.head()).isEmpty())
                .toList();
    }

    /** The entries that nobody presents. */
    List<EntryRecord> orphans() {
        return orphans;
    }

    /** Takes away the mounts that nobody answers. Touches none of them: whoever does would wait for ever. */
    void clear() throws FroggrException {
        if (orphans.isEmpty()) {
            return;
        }
        int lastHead = orphans.stream().mapToInt(EntryRecord::head).max().orElse(0);
        int lastMember = orphans.stream().mapToInt(EntryRecord::member).max().orElse(0);
        session.served().continueAfter(lastHead, lastMember);
        SessionSurroundings around = new SessionSurroundings(context, session);
        try {
            if (session.served().isServing()) {
                uncover(around);
            } else {
                StaleMounts.unmountAll(
                        session.space(),
                        Set.of(session.directory()),
                        orphans.stream().collect(Collectors.toMap(EntryRecord::mount, EntryRecord::target, (a, b) -> a)));
                around.removeDirectory(ServedTrees.FILE_SYSTEM);
            }
            for (int head = 1; head <= lastHead; head++) {
                if (session.served().head(head).isEmpty()) {
                    clear(around, ServedTrees.ORIGINAL + head);
                }
            }
            for (EntryRecord orphan : orphans) {
                clear(around, Sources.NAME + orphan.member());
            }
        } catch (ErrnoException e) {
            context.log().warn("session {}: its file system cannot be unmounted: {}", session.id(), e.getMessage());
        }
    }

    /** Of a file system that is answered for, only those parts go that are missing in it. */
    private void uncover(SessionSurroundings around) throws ErrnoException, FroggrException {
        for (EntryRecord orphan : orphans) {
            try {
                around.uncover(orphan.target(), orphan.mount(), UnmountMode.LAZY);
            } catch (ErrnoException e) {
                if (!e.is(Errno.EINVAL) && !e.is(Errno.ENOENT)) {
                    throw e;
                }
            }
        }
    }

    private void clear(SessionSurroundings around, String mountPoint) throws ErrnoException, FroggrException {
        StaleMounts.unmount(session.space(), session.directory().resolve(mountPoint));
        around.removeDirectory(mountPoint);
    }

    /** @return what could not be presented again, one sentence each; those entries are listed as gone */
    List<String> present() {
        List<String> failures = new ArrayList<>();
        for (EntryRecord entry : orphans) {
            change(entry, presented(entry, failures));
        }
        return failures;
    }

    private EntryRecord presented(EntryRecord entry, List<String> failures) {
        try {
            return new Placement(context).placeAgain(session, entry.intended());
        } catch (FroggrException e) {
            failures.add(e.getMessage());
            return entry.lost();
        }
    }

    private void change(EntryRecord from, EntryRecord to) {
        session.ledger().updateAnyway(r -> r.withEntries(Entries.replace(r.entries(), from, to)));
    }
}
