package org.froggr.session.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.api.FroggrException;
import org.froggr.api.session.SessionMode;
import org.froggr.linux.MountInfo;
import org.froggr.session.internal.checks.WaitingRequests;
import org.froggr.session.internal.served.ServedTrees;
import org.froggr.spi.presentation.MountSpace;

/** Which sessions are gone on with first: those that programs wait for. */
final class Urgency {
    private final Set<Long> waiting;
    private final List<MountInfo.Entry> own;

    private Urgency(Set<Long> waiting, List<MountInfo.Entry> own) {
        this.waiting = waiting;
        this.own = own;
    }

    /** The sessions, all of them, in parts of which one comes after the other. */
    static List<List<LiveSession>> order(List<LiveSession> sessions, MountSpace ownSpace) {
        Set<Long> waiting = sessions.size() < 2 ? Set.of() : WaitingRequests.devices();
        if (waiting.isEmpty()) {
            return List.of(sessions);
        }
        Urgency urgency = new Urgency(waiting, table(ownSpace));
        return parts(sessions, urgency::isUrgent);
    }

    /** Those first of which this holds. */
    static <T> List<List<T>> parts(List<T> all, Predicate<T> first) {
        List<T> early = new ArrayList<>();
        List<T> late = new ArrayList<>();
        for (T one : all) {
            (first.test(one) ? early : late).add(one);
        }
        return List.of(early, late);
    }

    /** From mount tables: nobody answers yet who asks the file system itself. */
    private boolean isUrgent(LiveSession session) {
        BytePath place = session.directory().resolve(ServedTrees.FILE_SYSTEM);
        return mounts(session).stream().anyMatch(m -> m.mountPoint().equals(place) && waiting.contains(m.device()));
    }

    private List<MountInfo.Entry> mounts(LiveSession session) {
        try {
            return session.record().mode() == SessionMode.SHARED ? own : table(session.space());
        } catch (FroggrException e) {
            return List.of();
        }
    }

    private static List<MountInfo.Entry> table(MountSpace space) {
        try {
            return MountInfo.parse(space.mountInfo());
        } catch (ErrnoException | RuntimeException e) {
            // No more than the order depends on it
            return List.of();
        }
    }
}
