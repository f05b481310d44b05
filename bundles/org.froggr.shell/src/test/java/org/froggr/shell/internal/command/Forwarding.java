package org.froggr.shell.internal.command;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.froggr.api.session.Caller;
import org.froggr.shell.internal.testing.RecordingExchange;
import org.froggr.spi.transport.Exchange;
import org.froggr.spi.transport.HandOff;
import org.froggr.spi.transport.TerminalLink;

/** Notes the order of what it is told. */
record Forwarding(List<String> order) implements Exchange {
    @Override
    public List<String> arguments() {
        return List.of("do");
    }

    @Override
    public Map<String, String> environment() {
        return Map.of();
    }

    @Override
    public Caller caller() {
        return RecordingExchange.CALLER;
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
    public void write(Stream stream, byte[] bytes, int offset, int length) {
        order.add(stream + " " + new String(bytes, offset, length, StandardCharsets.UTF_8));
    }

    @Override
    public TerminalLink openTerminal() throws FroggrException {
        throw FroggrException.of(Fault.UNSUPPORTED, "no terminal");
    }

    @Override
    public void onHangup(Runnable action) {}

    @Override
    public void handOff(HandOff handOff) {
        order.add("hand-off");
    }

    @Override
    public void end(int exitStatus) {
        order.add("end " + exitStatus);
    }
}
