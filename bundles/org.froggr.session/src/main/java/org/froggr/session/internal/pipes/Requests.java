package org.froggr.session.internal.pipes;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.api.Fault;
import org.froggr.linux.Fd;
import org.froggr.linux.Ids;
import org.froggr.linux.Stat;
import org.froggr.spi.transport.ExchangeHandler;
import org.osgi.service.log.Logger;

/** Carries out requests and sends the answers where they belong. Safe from any thread. */
final class Requests {
    private final Supplier<Optional<ExchangeHandler>> handlers;
    private final PipeLoop loop;
    private final Logger logger;
    private final Set<PipeExchange> inFlight = ConcurrentHashMap.newKeySet();

    Requests(Supplier<Optional<ExchangeHandler>> handlers, PipeLoop loop, Logger logger) {
        this.handlers = handlers;
        this.loop = loop;
        this.logger = logger;
    }

    /** Carries out one line. Blocks as long as the command does. */
    void carryOut(Channel channel, byte[] line) {
        try {
            carryOut(channel, PipeRequest.parse(line));
        } catch (PipeRequest.Malformed e) {
            channel.reply().write(Answer.event(e.id(), Fault.USAGE, e.getMessage()));
        }
    }

    private void carryOut(Channel channel, PipeRequest request) {
        Optional<ExchangeHandler> handler = handlers.get();
        if (handler.isEmpty()) {
            byte[] refusal = Answer.refusal(request, Fault.UNAVAILABLE, "the platform is not ready for commands");
            send(channel, request, refusal, refusal);
            return;
        }
        PipeExchange exchange = new PipeExchange(channel.id(), request);
        inFlight.add(exchange);
        try {
            handler.get().handle(exchange);
        } catch (RuntimeException e) {
            logger.error("the request {} of session {} failed", request.arguments(), channel.id(), e);
        } finally {
            inFlight.remove(exchange);
            exchange.end(Fault.INTERNAL.exitStatus());
        }
        byte[] answer = Answer.of(request, exchange);
        send(channel, request, answer, Answer.tooLong(request, exchange, answer.length));
    }

    /** Answers a line that will not be carried out any more. */
    void refuse(Channel channel, byte[] line) {
        try {
            PipeRequest request = PipeRequest.parse(line);
            byte[] refusal = Answer.refusal(request, Fault.TRY_AGAIN, "the platform stops");
            send(channel, request, refusal, refusal);
        } catch (PipeRequest.Malformed e) {
            channel.reply().write(Answer.event(e.id(), Fault.USAGE, e.getMessage()));
        }
    }

    private void send(Channel channel, PipeRequest request, byte[] answer, byte[] shortAnswer) {
        if (request.reply() == null) {
            sendToSession(channel, answer, shortAnswer);
            return;
        }
        try {
            Stat pipe = ownPipe(request);
            if (channel.reply().isSame(pipe)) {
                sendToSession(channel, answer, shortAnswer);
            } else {
                sendToOwn(channel, new Delivery(request.reply(), pipe, answer, channel.reply()::countDropped));
            }
        } catch (ErrnoException e) {
            String why = "the answer cannot be delivered: " + e.getMessage();
            channel.reply().write(Answer.event(request.id(), Fault.IO_ERROR, why));
        }
    }

    private static void sendToSession(Channel channel, byte[] answer, byte[] shortAnswer) {
        if (!channel.reply().offer(answer)) {
            channel.reply().write(shortAnswer);
        }
    }

    private void sendToOwn(Channel channel, Delivery delivery) {
        if (!loop.send(delivery)) {
            channel.reply().countDropped();
        }
    }

    private static Stat ownPipe(PipeRequest request) throws ErrnoException {
        Stat stat = Stat.at(Fd.AT_FDCWD, request.reply(), false);
        if (!stat.isFifo()) {
            throw new ErrnoException(Errno.EINVAL.number(), "open of a named pipe", request.reply());
        }
        if (stat.uid() != Ids.euid()) {
            throw new ErrnoException(Errno.EPERM.number(), "open of a named pipe", request.reply());
        }
        return stat;
    }

    /** Tells every command in flight that nobody waits any more. */
    void hangUp() {
        inFlight.forEach(PipeExchange::hangUp);
    }
}
