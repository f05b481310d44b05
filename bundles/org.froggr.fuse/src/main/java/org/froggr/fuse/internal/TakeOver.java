package org.froggr.fuse.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Poll;
import org.froggr.spi.presentation.ServeRequest;
import org.froggr.spi.tree.LockRange;

/**
 * Goes on with a connection that another process served: loads what that kept, gets its locks again, and has the
 * kernel send again what was not answered. The former process may take requests for as long as it lives, and may
 * live because it waits for an answer itself: so it is waited for, but not long, and what needs its end is
 * {@linkplain Postponed postponed} until then.
 */
final class TakeOver {
    private static final Duration PATIENCE = Duration.ofMillis(300);
    private static final Duration STEP = Duration.ofMillis(20);

    /** FUSE_NOTIFY_INC_EPOCH, Linux 6.16. */
    private static final int EPOCH_MINOR = 44;

    /** A lock that is to be got again, and where it is kept. */
    private record Lock(FileHandle handle, LockRange range, int place) {}

    private final Served served;
    private final Kept kept;
    private final Formers formers;
    private final boolean isGone;
    private List<Lock> wanted = new ArrayList<>();

    private TakeOver(Served served, Kept kept, Formers formers, boolean isGone) {
        this.served = served;
        this.kept = kept;
        this.formers = formers;
        this.isGone = isGone;
    }

    /**
     * All that comes before the first request is read.
     *
     * @throws ErrnoException EUCLEAN, ENOTCONN, see FileServer
     */
    static TakeOver begin(ServeRequest request, DeviceChannel channel, Complaints complaints) throws ErrnoException {
        if (request.recovery() < 0) {
            throw KeptFile.unusable("nothing was kept");
        }
        if ((Poll.poll(channel.device(), Poll.IN, 0) & (Poll.ERR | Poll.NVAL)) != 0) {
            throw new ErrnoException(Errno.ENOTCONN, "take over");
        }
        Kept kept = Kept.open(request.recovery(), complaints);
        Formers formers = null;
        try {
            KeptConnection connection = kept.connection();
            formers = Formers.of(connection);
            boolean isGone = formers.awaitEnd(PATIENCE);
            // A process that was killed changes nothing any more of what it kept, gone or not
            Served served = new Served(request.tree(), connection.protocol(), channel, complaints, kept);
            served.restore();
            TakeOver takeOver = new TakeOver(served, kept, formers, isGone);
            takeOver.loadLocks();
            kept.serving(connection.protocol(), formers.living());
            takeOver.lock(isGone);
            takeOver.postpone();
            takeOver.resend();
            return takeOver;
        } catch (ErrnoException | RuntimeException e) {
            kept.close();
            if (formers != null) {
                formers.close();
            }
            throw e;
        }
    }

    Served served() {
        return served;
    }

    private void loadLocks() throws ErrnoException {
        List<Integer> orphans = new ArrayList<>();
        kept.locks.load((place, number, range) -> {
            if (served.handles.get(number) instanceof FileHandle handle) {
                wanted.add(new Lock(handle, range, place));
            } else {
                // Closed, and killed before that was noted
                orphans.add(place);
            }
        });
        orphans.forEach(kept.locks::release);
    }

    /** Gets all locks again that can be had; what cannot is tried again later, or, the last time, lost. */
    private void lock(boolean isLast) {
        Map<Long, List<Lock>> byNode = wanted.stream()
                .collect(Collectors.groupingBy(lock -> lock.handle.node()));
        Set<Lock> missing = ConcurrentHashMap.newKeySet();
        byNode.values().parallelStream().forEach(some -> {
            for (Lock lock : some) {
                String failure = failure(lock);
                if (failure != null) {
                    missing.add(lock);
                }
                if (failure != null && isLast) {
                    lose(lock, failure);
                }
            }
        });
        wanted = isLast ? List.of() : List.copyOf(missing);
    }

    /** Why that lock cannot be had, null if it is there. */
    private String failure(Lock lock) {
        try {
            return served.locks.restore(lock.handle, lock.range, lock.place) ? null : "somebody else has it now";
        } catch (ErrnoException e) {
            return Errno.describe(e.number());
        } catch (RuntimeException | LinkageError e) {
            served.complaints.say("A lock could not be got again", e);
            return e.toString();
        }
    }

    private void lose(Lock lock, String why) {
        lock.handle.refuse();
        kept.locks.release(lock.place);
        served.losses().add("The lock of process " + lock.range.pid() + " is lost: "
                + served.nodes.names().pathOf(lock.handle.node()) + ": " + why);
    }

    private void resend() throws ErrnoException {
        if (!served.protocol.has(FuseWire.HAS_RESEND)) {
            served.losses().add("The kernel cannot send requests again: who waited for an answer may wait for ever");
            return;
        }
        served.resends.perform();
    }

    private void postpone() {
        if (isGone || !served.protocol.has(FuseWire.HAS_RESEND)) {
            return;
        }
        Set<Long> locked = wanted.stream().map(lock -> lock.handle.node()).collect(Collectors.toSet());
        served.postponed = new Postponed(served, formers, kept.intents, locked);
    }

    /** What may take its time. */
    void continueWith(FuseConnection connection) {
        Thread thread = new Thread(() -> finish(connection), "froggr-fuse-take-over");
        thread.setDaemon(true);
        thread.start();
    }

    private void finish(FuseConnection connection) {
        try {
            if (!isGone) {
                awaitFormers(connection);
            }
            expire(connection);
            formers.close();
        } catch (ErrnoException | RuntimeException e) {
            served.complaints.say("The take-over is not complete", e);
        }
    }

    private void awaitFormers(FuseConnection connection) throws ErrnoException {
        Postponed postponed = served.postponed;
        while (!formers.awaitEnd(STEP)) {
            if (!connection.isServing()) {
                return;
            }
            if (postponed != null) {
                postponed.expire(connection.limitNanos());
                resendReady(postponed);
            }
        }
        lock(true);
        served.intents.goOn();
        served.postponed = null;
        resend();
    }

    private void resendReady(Postponed postponed) throws ErrnoException {
        if (postponed.release()) {
            served.intents.goOn();
            resend();
        }
    }

    /**
     * The tree could tell nobody of what others changed meanwhile, and tells of it later only where something was
     * looked up again: so the kernel is to ask again, whatever it was told of validities.
     */
    private void expire(FuseConnection connection) {
        if (served.protocol.minor() >= EPOCH_MINOR) {
            served.side.expireNames();
        }
        for (long id : served.nodes.ids()) {
            if (!connection.isServing()) {
                return;
            }
            served.side.invalidate(id, SideChannel.ATTRIBUTES_ONLY);
        }
    }
}
