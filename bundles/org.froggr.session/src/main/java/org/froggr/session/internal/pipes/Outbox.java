package org.froggr.session.internal.pipes;

import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Epoll;

/**
 * Brings lines into pipes of requesters without ever waiting for one: what does not fit now is taken up
 * when the pipe has room. Except where it says otherwise, used by the loop's thread alone.
 */
final class Outbox {
    /** Most bytes that wait together; what comes on top is dropped. */
    static final long MOST_BYTES = 32L << 20;

    /** When it is looked again whether somebody reads: the kernel tells nobody. */
    private static final int LOOK_AGAIN_MILLIS = 10;

    /** How much too late a deadline may be noticed. */
    private static final int TICK_MILLIS = 100;

    private final Epoll epoll;
    private final Duration patience;
    private final Queue<Delivery> incoming = new ConcurrentLinkedQueue<>();
    private final AtomicLong waitingBytes = new AtomicLong();
    private final Map<Delivery.Key, Lane> lanes = new HashMap<>();
    private boolean readerMissing;

    Outbox(Epoll epoll, Duration patience) {
        this.epoll = epoll;
        this.patience = patience;
    }

    /** Takes a line over, for the next {@link #advance}; false if too much waits already. From any thread. */
    boolean add(Delivery delivery) {
        int length = delivery.line().length;
        if (waitingBytes.addAndGet(length) > MOST_BYTES) {
            waitingBytes.addAndGet(-length);
            return false;
        }
        incoming.add(delivery);
        return true;
    }

    /** Whether every line has arrived or was dropped. From any thread. */
    boolean isEmpty() {
        return waitingBytes.get() == 0;
    }

    /** When {@link #advance} must be called at the latest; -1 for never. */
    int timeoutMillis() {
        if (lanes.isEmpty()) {
            return -1;
        }
        return readerMissing ? LOOK_AGAIN_MILLIS : TICK_MILLIS;
    }

    /** Goes on with every lane as far as it can. */
    void advance(long now) throws ErrnoException {
        for (Delivery next = incoming.poll(); next != null; next = incoming.poll()) {
            lane(next).add(next, now);
        }
        readerMissing = false;
        for (Iterator<Lane> all = lanes.values().iterator(); all.hasNext(); ) {
            Lane.Wait wait = all.next().advance(now);
            readerMissing |= wait == Lane.Wait.READER;
            if (wait == Lane.Wait.NOTHING) {
                all.remove();
            }
        }
    }

    private Lane lane(Delivery delivery) {
        return lanes.computeIfAbsent(
                delivery.key(), key -> new Lane(delivery.path(), patience, epoll, this::ended));
    }

    private void ended(Delivery line, boolean delivered) {
        waitingBytes.addAndGet(-line.line().length);
        if (!delivered) {
            line.onDropped().run();
        }
    }

    /** Gives up all that waits. */
    void drop(long now) {
        lanes.values().forEach(lane -> lane.drop(now));
        lanes.clear();
        for (Delivery next = incoming.poll(); next != null; next = incoming.poll()) {
            ended(next, false);
        }
    }
}
