package org.froggr.transport.pipe.internal;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.froggr.api.ErrnoException;
import org.froggr.spi.transport.ClientRequest;
import org.froggr.spi.transport.MalformedRequestException;
import org.osgi.service.log.Logger;

/** What nobody rings for: requests that were missed, abandoned or left by a platform before this one. */
final class Upkeep {
    /** In so many checks a request was seen before it counts as missed. */
    private static final int MISSED = 2;

    /** As many before one that is whole but cannot be served is refused. */
    private static final int HOPELESS = 8;

    /** As many before one that was never finished is dropped. */
    private static final int ABANDONED = 60;

    /** As many checks an answer that nobody reads keeps its slot. */
    private static final int UNREAD = 10;

    private final PipeListener listener;
    private final Slots slots;
    private final Logger logger;
    private final Map<Slot, Integer> leaving = new HashMap<>();

    Upkeep(PipeListener listener, Slots slots, Logger logger) {
        this.listener = listener;
        this.slots = slots;
        this.logger = logger;
    }

    /** Takes over what a platform before this one left; called once, at the start. */
    void inherit() {
        for (Slot slot : slots.all()) {
            listener.attempt(() -> {
                inherit(slot);
                return true;
            });
        }
    }

    private void inherit(Slot slot) throws ErrnoException {
        Optional<byte[]> taken = slot.inherited();
        if (taken.isPresent() && slot.occupy()) {
            slot.adoptMark();
            if (pidOf(taken.get()) != 0) {
                // Whether it was carried out nobody knows.
                listener.admission().send(slot, ReplyLine.lost());
            } else {
                slot.release();
            }
        } else if (slot.read().isPresent()) {
            listener.look(slot, 0);
        }
    }

    /** The process that asked, or 0. */
    private static long pidOf(byte[] request) {
        try {
            return ClientRequest.parse(request).map(ClientRequest::pid).orElse(0L);
        } catch (MalformedRequestException e) {
            return 0;
        }
    }

    /** Called about once a second. */
    void check() throws ErrnoException {
        for (Slot slot : slots.all()) {
            if (slot.isLeaving()) {
                leave(slot);
            } else if (slot.isFree()) {
                find(slot, slot.waiting());
            }
        }
        slots.sweep();
    }

    private void leave(Slot slot) throws ErrnoException {
        if (listener.isActive(slot)) {
            return;
        }
        int checks = leaving.merge(slot, 1, Integer::sum);
        if (checks > UNREAD || slot.isRead()) {
            leaving.remove(slot);
            slot.release();
        }
    }

    private void find(Slot slot, int checks) throws ErrnoException {
        if (checks < MISSED) {
            return;
        }
        if (checks < HOPELESS) {
            listener.look(slot, 0);
        } else if (slot.occupy()) {
            giveUp(slot, checks);
        }
    }

    private void giveUp(Slot slot, int checks) throws ErrnoException {
        boolean whole = pidOf(slot.read().orElse(new byte[0])) != 0;
        if (whole) {
            logger.warn("refused a request in slot {}: whoever made it is no process here", slot.number());
            listener.admission().refuse(slot);
            return;
        }
        if (checks >= ABANDONED) {
            slot.discard();
        }
        slot.vacate();
    }
}
