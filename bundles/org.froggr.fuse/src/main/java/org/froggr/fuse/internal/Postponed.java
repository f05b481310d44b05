package org.froggr.fuse.internal;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;

/**
 * Requests that wait for a former process which was killed and cannot end yet. It may be in a system call that is
 * done after its request came again, and keeps its locks. So
 * <ol>
 *   <li>what a thread of it has begun waits for the end of that thread;
 *   <li>if that is a rename, all wait: names that were kept may lead elsewhere until then;
 *   <li>whatever concerns locks waits for the end of the process.
 * </ol>
 *
 * <p>It cannot end before its own requests are answered: these wait for nothing but, as 1, for a thread, which is not
 * the one that asks. No thread here is kept waiting: a request is left unanswered, and the kernel sends it again.
 * Any thread.
 */
final class Postponed {
    /**
     * A request that is left unanswered.
     *
     * @param unique as it came last
     */
    private record Left(long unique, FuseOpcode opcode, long sinceNanos) {}

    private final Served served;
    private final Formers formers;
    private final IntentTable intents;
    private final Set<Long> lockedNodes;
    private final Map<Long, Left> left = new ConcurrentHashMap<>();

    /** @param lockedNodes ids of the nodes on which there are locks that could not be got again yet */
    Postponed(Served served, Formers formers, IntentTable intents, Set<Long> lockedNodes) {
        this.served = served;
        this.formers = formers;
        this.intents = intents;
        this.lockedNodes = lockedNodes;
    }

    /** Whether that request is left unanswered, to come again later. */
    boolean take(FuseOpcode opcode, Request request) throws ErrnoException {
        long first = request.firstUnique();
        if (!opcode.answered() || !mustWait(opcode, request)) {
            left.remove(first);
            return false;
        }
        long now = System.nanoTime();
        left.merge(
                first,
                new Left(request.unique(), opcode, now),
                (former, latest) -> new Left(latest.unique, opcode, former.sinceNanos));
        return true;
    }

    private boolean mustWait(FuseOpcode opcode, Request request) throws ErrnoException {
        long performer = request.isSentAgain()
                ? intents.formerPerformer(request.firstUnique(), opcode.number())
                : Performer.NOBODY;
        boolean isBegun = mayPerform(performer);
        if (isBegun && Performer.thread(performer) != 0) {
            return true;
        }
        boolean waits = isBegun || isOfLocks(opcode, request) || isRenamed();
        return waits && !formers.have(request.pid());
    }

    private boolean isRenamed() throws ErrnoException {
        for (long renamer : intents.formerRenamers()) {
            if (mayPerform(renamer)) {
                return true;
            }
        }
        return false;
    }

    private boolean mayPerform(long performer) throws ErrnoException {
        return performer != Performer.NOBODY
                && formers.mayPerform(Performer.process(performer), Performer.thread(performer));
    }

    private boolean isOfLocks(FuseOpcode opcode, Request request) {
        return switch (opcode) {
            case GETLK, SETLK, SETLKW -> true;
            case FLUSH, RELEASE -> !lockedNodes.isEmpty()
                    && served.handles.get(request.int64(FuseWire.HANDLE)) instanceof FileHandle handle
                    && lockedNodes.contains(handle.node());
            default -> false;
        };
    }

    /** Whether some need not wait for a thread any more, and are to be sent again; asked once of each. */
    boolean release() throws ErrnoException {
        boolean some = false;
        if (!left.isEmpty() && !isRenamed()) {
            for (Map.Entry<Long, Left> entry : left.entrySet()) {
                FuseOpcode opcode = entry.getValue().opcode;
                boolean isReady = !mayBeOfLocks(opcode)
                        && !mayPerform(intents.formerPerformer(entry.getKey(), opcode.number()));
                some |= isReady && left.remove(entry.getKey(), entry.getValue());
            }
        }
        return some;
    }

    private static boolean mayBeOfLocks(FuseOpcode opcode) {
        return switch (opcode) {
            case GETLK, SETLK, SETLKW, FLUSH, RELEASE -> true;
            default -> false;
        };
    }

    /** The program that waits for it was interrupted; returns whether it is one of those. */
    boolean interrupt(long unique) {
        Left one = left.remove(unique & ~FuseWire.UNIQUE_RESEND);
        if (one != null) {
            served.side.reply(one.unique, -Errno.EINTR.number());
        }
        return one != null;
    }

    /**
     * Answers what has waited for too long.
     *
     * @param limitNanos 0 for any time
     */
    void expire(long limitNanos) {
        long now = System.nanoTime();
        for (Map.Entry<Long, Left> entry : left.entrySet()) {
            boolean isLate = limitNanos > 0 && now - entry.getValue().sinceNanos > limitNanos;
            if (isLate && left.remove(entry.getKey(), entry.getValue())) {
                served.complaints.say("A process that was killed does not end, and has begun what is asked again", null);
                served.side.reply(entry.getValue().unique, -Errno.EIO.number());
            }
        }
    }
}
