package org.froggr.transport.pipe.internal;

import java.util.Optional;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Fd;
import org.froggr.linux.Peers;
import org.froggr.spi.transport.ClientRequest;
import org.froggr.spi.transport.ExchangeHandler;
import org.froggr.spi.transport.MalformedRequestException;
import org.osgi.service.log.Logger;

/** Looks at the request in a slot and, if it is one, has it carried out. */
final class Admission {
    private static final int DEFECT = 70;

    private final PipeListener listener;
    private final ExchangeHandler handler;
    private final OutputWay way;
    private final Logger logger;

    Admission(PipeListener listener, ExchangeHandler handler, OutputWay way, Logger logger) {
        this.listener = listener;
        this.handler = handler;
        this.way = way;
        this.logger = logger;
    }

    /**
     * Looks at an occupied slot. What is not whole yet is left alone: its client will ring.
     *
     * @param pid who rang, or 0
     */
    void admit(Slot slot, long pid) {
        try {
            Optional<byte[]> bytes = slot.read();
            if (bytes.isEmpty() && pid != 0 && waitsInVain(slot, pid)) {
                send(slot, ReplyLine.refused());
                return;
            }
            Optional<ClientRequest> request =
                    bytes.isPresent() ? ClientRequest.parse(bytes.get()) : Optional.empty();
            if (request.isEmpty() || pid != 0 && pid != request.get().pid()) {
                slot.vacate();
                return;
            }
            admit(slot, request.get());
        } catch (MalformedRequestException e) {
            logger.warn("refused what was in slot {}: {}", slot.number(), e.getMessage());
            refuse(slot);
        } catch (ErrnoException e) {
            // EFBIG and others of the file itself; whoever waits goes another way.
            logger.warn("cannot read the request in slot {}", slot.number(), e);
            refuse(slot);
        }
    }

    /** Whether a client rings whose request was dropped, because it was stopped for long before it rang. */
    private boolean waitsInVain(Slot slot, long pid) {
        try (Client client = Client.of(pid, slot.reply().identity(), way)) {
            logger.warn("process {} rang for a request that is gone from slot {}", client.pid(), slot.number());
            return true;
        } catch (ErrnoException e) {
            logger.debug("process {} rang for nothing", pid, e);
            return false;
        }
    }

    private void admit(Slot slot, ClientRequest request) throws ErrnoException {
        Client client;
        try {
            client = Client.of(request.pid(), slot.reply().identity(), way);
        } catch (ErrnoException e) {
            notNow(slot, request, e);
            return;
        }
        boolean taken = false;
        try {
            taken = slot.take();
        } finally {
            if (!taken) {
                client.close();
            }
        }
        if (taken) {
            carryOut(slot, client, request);
        } else {
            slot.vacate();
        }
    }

    private void notNow(Slot slot, ClientRequest request, ErrnoException e) throws ErrnoException {
        if (e.is(Errno.ESRCH)) {
            slot.discard();
        } else if (!e.is(Errno.EBADF)) {
            logger.warn("process {} may not ask in slot {}: {}", request.pid(), slot.number(), e.getMessage());
        }
        slot.vacate();
    }

    private void carryOut(Slot slot, Client client, ClientRequest request) throws ErrnoException {
        PipeExchange exchange;
        try {
            exchange = new PipeExchange(slot, client, request, Peers.caller(request.pid()), listener);
            listener.register(exchange);
        } catch (ErrnoException e) {
            client.close();
            slot.release();
            throw e;
        }
        try {
            exchange.open();
        } catch (ErrnoException e) {
            logger.warn("no way to answer process {}: {}", request.pid(), e.getMessage());
            exchange.refuse();
            return;
        }
        try {
            handler.handle(exchange);
        } catch (RuntimeException e) {
            logger.error("the handler of a request failed", e);
        } finally {
            exchange.end(DEFECT);
        }
    }

    /** Tells whoever waits in an occupied slot to go another way. */
    void refuse(Slot slot) {
        answer(slot, ReplyLine.refused());
    }

    /** Sends a line to whoever waits in an occupied slot; nobody knows whether it is read. */
    void answer(Slot slot, byte[] line) {
        boolean taken = listener.attempt(slot::take);
        if (!taken) {
            slot.vacate();
            return;
        }
        send(slot, line);
    }

    /** As {@link #answer}, where the request is taken already. */
    void send(Slot slot, byte[] line) {
        slot.leave();
        listener.attempt(() -> Fd.write(slot.reply().fd(), line, 0, line.length) == line.length);
    }
}
