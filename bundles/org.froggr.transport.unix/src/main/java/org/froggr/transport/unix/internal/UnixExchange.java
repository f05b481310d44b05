package org.froggr.transport.unix.internal;

import java.util.List;
import java.util.Map;
import org.froggr.api.ByteText;
import org.froggr.api.ErrnoException;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.froggr.api.session.Caller;
import org.froggr.spi.transport.ClientRequest;
import org.froggr.spi.transport.Exchange;
import org.froggr.spi.transport.HandOff;
import org.froggr.spi.transport.TerminalLink;

/** A request over the socket and its reply in frames. */
final class UnixExchange implements Exchange {
    private static final int MAX_PAYLOAD_BYTES = 32 * 1024;

    private final ClientRequest request;
    private final Caller caller;
    private final Connection connection;
    private final Hangup hangup;

    UnixExchange(ClientRequest request, Caller caller, Connection connection, Hangup hangup) {
        this.request = request;
        this.caller = caller;
        this.connection = connection;
        this.hangup = hangup;
    }

    @Override
    public List<String> arguments() {
        return request.arguments();
    }

    @Override
    public Map<String, String> environment() {
        return request.environment();
    }

    @Override
    public Caller caller() {
        return caller;
    }

    @Override
    public boolean isTerminal(Stream stream) {
        return request.isTerminal(stream == Stream.OUT ? 1 : 2);
    }

    @Override
    public int columns() {
        return request.columns();
    }

    @Override
    public void write(Stream stream, byte[] bytes, int offset, int length) throws ErrnoException {
        FrameType type = stream == Stream.OUT ? FrameType.OUT : FrameType.ERR;
        for (int done = 0; done < length; done += MAX_PAYLOAD_BYTES) {
            connection.send(type, bytes, offset + done, Math.min(MAX_PAYLOAD_BYTES, length - done));
        }
    }

    @Override
    public TerminalLink openTerminal() throws FroggrException {
        throw FroggrException.of(
                        Fault.UNSUPPORTED, "the named pipes of the platform fail, and its socket carries no terminal")
                .hint("the same command again in a second, or frg gogo 'LINE'");
    }

    @Override
    public void onHangup(Runnable action) {
        hangup.add(action);
    }

    @Override
    public void handOff(HandOff handOff) {
        finish(FrameType.EXEC, ByteText.encode("exec " + handOff.words()));
    }

    @Override
    public void end(int exitStatus) {
        finish(FrameType.EXIT, (byte) exitStatus);
    }

    /** The client that has its last frame goes away, which is no hang-up. */
    private void finish(FrameType type, byte... payload) {
        hangup.disarm();
        connection.end(type, payload);
    }

    /** Ends what its handler has not ended. */
    void endForgotten(Complaints complaints) {
        hangup.disarm();
        if (connection.end(FrameType.EXIT, (byte) Fault.INTERNAL.exitStatus())) {
            complaints.warn("a request was not answered by its handler");
        }
    }
}
