package org.froggr.spi.transport;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.froggr.api.FroggrException;
import org.froggr.api.session.Caller;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One request and its reply. Made by a transport, used by one handler; {@link #onHangup} may fire on
 * any thread.
 */
@ConsumerType
public interface Exchange {
    /** Where output goes. */
    enum Stream {
        OUT,
        ERR
    }

    /** Verb, options and operands, as ByteText; without the name of the program. */
    List<String> arguments();

    /** The variables that the client sent along, such as FROGGR_SESSION, NO_COLOR, TERM. */
    Map<String, String> environment();

    /** Who asks. The transport has made sure that it is the platform's own user. */
    Caller caller();

    /** Whether that stream is a terminal of the client. */
    boolean isTerminal(Stream stream);

    /** Width of the client's terminal in columns, 0 if unknown. */
    int columns();

    /**
     * Sends output. Blocks while the client reads slowly.
     *
     * @throws IOException EPIPE when nobody reads that stream any more; the command goes on or not as
     *     it sees fit
     */
    void write(Stream stream, byte[] bytes, int offset, int length) throws IOException;

    /**
     * Connects the client's terminal in both directions, for an interactive program.
     *
     * @throws FroggrException UNSUPPORTED where the transport or the client has none
     */
    TerminalLink openTerminal() throws FroggrException;

    /** Calls {@code action} once when the client goes away before the end; at once if it has gone. */
    void onHangup(Runnable action);

    /**
     * Ends the exchange by letting the client run a program in its own terminal, in its own place.
     *
     * @throws FroggrException UNSUPPORTED where the client cannot
     */
    void handOff(HandOff handOff) throws FroggrException;

    /** Ends the exchange with this exit status, 0 to 255. A second end is ignored. */
    void end(int exitStatus);
}
