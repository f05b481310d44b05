package org.froggr.session.internal;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.At;
import org.froggr.session.internal.checks.Judgement;
import org.froggr.session.internal.checks.Orphan;
import org.froggr.session.internal.checks.OrphanEnd;
import org.froggr.session.internal.checks.SceneReader;
import org.froggr.session.internal.process.AnchorSweep;

/**
 * Mounts and FUSE connections that no session owns. What is found in two rounds one after the other is
 * undone, so that the interval between rounds is the deadline; what one round finds alone may belong to a
 * session that begins or ends at that moment.
 */
final class OrphanSweep {
    private static final int MOST_DEEDS = 100;

    /** Of what a session can be made again. */
    private static final List<String> RECORDS = List.of("session.json", "session.json.old", "ns");

    private final ManagerContext context;
    private final Adopter adopter;
    private final SceneReader scenes;
    private final Set<Orphan> suspects = new HashSet<>();
    private final Deque<Deed> deeds = new ArrayDeque<>();

    /** What was done about an orphan. */
    record Deed(Instant at, Orphan orphan) {}

    OrphanSweep(ManagerContext context, Adopter adopter) {
        this.context = context;
        this.adopter = adopter;
        this.scenes = new SceneReader(context.home());
    }

    /** Undoes what was an orphan in the round before, too. */
    synchronized void round() throws ErrnoException {
        Set<Orphan> found = new HashSet<>();
        for (Orphan orphan : look()) {
            if (orphan.kind().mayGo() && suspects.contains(orphan)) {
                tryToEnd(orphan);
            } else {
                found.add(orphan);
            }
        }
        suspects.clear();
        suspects.addAll(found);
    }

    /** What there is now. One that is seen once only may be none. */
    List<Orphan> look() throws ErrnoException {
        return Judgement.of(scenes.read(owned(), anchors()));
    }

    /**
     * Undoes one that is an orphan still.
     *
     * @throws ErrnoException if it cannot be undone
     */
    synchronized void end(Orphan orphan) throws ErrnoException {
        if (look().contains(orphan)) {
            OrphanEnd.of(orphan);
            context.log().warn("{}: {}", orphan.text(), orphan.kind() == Orphan.Kind.MOUNT ? "unmounted" : "aborted");
        }
    }

    private void tryToEnd(Orphan orphan) {
        try {
            end(orphan);
            deeds.addLast(new Deed(Instant.now(), orphan));
            if (deeds.size() > MOST_DEEDS) {
                deeds.removeFirst();
            }
        } catch (ErrnoException e) {
            context.log().warn("{}, and it stays: {}", orphan.text(), e.getMessage());
        }
    }

    /** What rounds of this platform have undone, newest last. */
    synchronized List<Deed> deeds() {
        return List.copyOf(deeds);
    }

    /** Sessions that are known or being made, those of a newer version, and those that could not be adopted. */
    private Set<UUID> owned() throws ErrnoException {
        synchronized (context.registry()) {
            Set<UUID> owned = new HashSet<>(adopter.untouchable());
            context.registry().all().forEach(session -> owned.add(session.id()));
            for (UUID id : context.store().scan()) {
                if (!owned.contains(id) && hasRecord(id)) {
                    owned.add(id);
                }
            }
            return owned;
        }
    }

    /** A directory without any record is what is left of a session, and not one. */
    private boolean hasRecord(UUID id) throws ErrnoException {
        for (String record : RECORDS) {
            try {
                if (At.exists(context.home().sessionsDescriptor(), BytePath.of(id + "/" + record))) {
                    return true;
                }
            } catch (ErrnoException e) {
                // It cannot be looked into, so that nothing is known of it.
                return !e.is(Errno.ENOTDIR);
            }
        }
        return false;
    }

    private Map<Long, UUID> anchors() throws ErrnoException {
        Map<Long, UUID> anchors = new HashMap<>();
        for (AnchorSweep.Stray anchor : context.sweep().find(Set.of())) {
            anchors.put(anchor.pid(), anchor.session());
        }
        return anchors;
    }
}
