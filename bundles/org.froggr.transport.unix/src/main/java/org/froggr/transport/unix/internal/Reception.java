package org.froggr.transport.unix.internal;

import java.util.Optional;
import org.froggr.api.ErrnoException;
import org.froggr.api.Fault;
import org.froggr.api.session.Caller;
import org.froggr.linux.Peers;
import org.froggr.linux.UnixSocket;
import org.froggr.spi.transport.ClientRequest;
import org.froggr.spi.transport.ExchangeHandler;
import org.froggr.spi.transport.MalformedRequestException;

/** Looks at who comes and what they ask, and lets the handler answer. */
final class Reception {
    private static final String AGAIN = "the same command again";

    private final long owner;
    private final ExchangeHandler handler;
    private final Complaints complaints;

    Reception(long owner, ExchangeHandler handler, Complaints complaints) {
        this.owner = owner;
        this.handler = handler;
        this.complaints = complaints;
    }

    /** Why this peer may not come in, if so. */
    Optional<Refusal> objection(UnixSocket.Peer peer) {
        if (peer.uid() != owner) {
            String message = "this platform belongs to uid " + owner + ", not to uid " + peer.uid();
            return Optional.of(new Refusal(Fault.NO_PRIVILEGE, message, "a FROGGR_HOME of your own"));
        }
        // unix(7) shows 0 for a process that has no number in this pid namespace (pid_namespaces(7)).
        if (peer.pid() == 0) {
            String message = "the caller is in a pid namespace that this platform cannot see";
            return Optional.of(new Refusal(Fault.FOREIGN_NAMESPACE, message, "frg outside of it"));
        }
        return Optional.empty();
    }

    /** Carries out a whole request, and ends the connection. */
    void serve(Connection connection, Hangup hangup) {
        try {
            ClientRequest request = ClientRequest.parse(connection.payload())
                    .orElseThrow(() -> new MalformedRequestException("a request that ends too early"));
            Caller caller = Peers.caller(connection.peer().pid());
            if (connection.hasHungUp()) {
                // Its number may mean another process by now.
                return;
            }
            connection.send(FrameType.TAKEN, new byte[0], 0, 0);
            handle(new UnixExchange(request, caller, connection, hangup));
        } catch (MalformedRequestException e) {
            complaints.warn("a client sent {}", e.getMessage());
            connection.refuse(Refusal.of(e));
        } catch (ErrnoException e) {
            complaints.warn("a client could not be looked at", e);
            connection.refuse(new Refusal(Fault.TRY_AGAIN, e.getMessage(), AGAIN));
        } finally {
            hangup.disarm();
            connection.drop();
        }
    }

    private void handle(UnixExchange exchange) {
        try {
            handler.handle(exchange);
        } catch (RuntimeException | Error e) {
            complaints.error("a request failed where it must not", e);
        } finally {
            exchange.endForgotten(complaints);
        }
    }
}
