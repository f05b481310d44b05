package org.froggr.shell.internal.server;

import java.util.List;
import java.util.Map;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.froggr.api.session.Caller;
import org.froggr.spi.transport.Exchange;
import org.froggr.spi.transport.HandOff;
import org.froggr.spi.transport.TerminalLink;

/**
 * A request of nobody's.
 *
 * @param arguments what is asked
 */
record Rehearsal(List<String> arguments) implements Exchange {
    @Override
    public Map<String, String> environment() {
        return Map.of();
    }

    @Override
    public Caller caller() {
        return Caller.platform();
    }

    @Override
    public boolean isTerminal(Stream stream) {
        return false;
    }

    @Override
    public int columns() {
        return 0;
    }

    @Override
    public void write(Stream stream, byte[] bytes, int offset, int length) {}

    @Override
    public TerminalLink openTerminal() throws FroggrException {
        throw FroggrException.of(Fault.UNSUPPORTED, "there is no terminal");
    }

    @Override
    public void onHangup(Runnable action) {}

    @Override
    public void handOff(HandOff handOff) throws FroggrException {
        throw FroggrException.of(Fault.UNSUPPORTED, "there is nobody to run it");
    }

    @Override
    public void end(int exitStatus) {}
}
