package org.froggr.shell.internal.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.froggr.api.BytePath;
import org.froggr.api.ByteText;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.froggr.api.session.Caller;
import org.froggr.spi.transport.Exchange;
import org.froggr.spi.transport.HandOff;
import org.froggr.spi.transport.TerminalLink;

/** An exchange that keeps what it is sent. */
public final class RecordingExchange implements Exchange {
    public static final Caller CALLER = Caller.process(42, BytePath.of("/home/me"), 4026531840L, false);

    private final List<String> arguments;
    private final Map<String, String> environment = new HashMap<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<Integer> ends = new ArrayList<>();
    private Runnable hangup = () -> {};
    private boolean terminal;
    private int columns;
    private IOException failure;
    private HandOff handOff;
    private TerminalLink link;

    public RecordingExchange(String... arguments) {
        this.arguments = List.of(arguments);
    }

    public RecordingExchange variable(String name, String value) {
        environment.put(name, value);
        return this;
    }

    public RecordingExchange terminal(int width) {
        terminal = true;
        columns = width;
        return this;
    }

    public RecordingExchange link(TerminalLink given) {
        link = given;
        return this;
    }

    /** Lets each write to standard output fail. */
    public RecordingExchange failing(IOException with) {
        failure = with;
        return this;
    }

    public byte[] outBytes() {
        return out.toByteArray();
    }

    public String out() {
        return ByteText.decode(out.toByteArray());
    }

    public String err() {
        return ByteText.decode(err.toByteArray());
    }

    /** The exit status; fails unless there was exactly one end. */
    public int status() {
        if (ends.size() != 1) {
            throw new AssertionError("ends: " + ends + ", out: " + out() + ", err: " + err());
        }
        return ends.get(0);
    }

    public HandOff handedOff() {
        return handOff;
    }

    public boolean hasEnded() {
        return !ends.isEmpty() || handOff != null;
    }

    /** The client goes away. */
    public void hangUp() {
        hangup.run();
    }

    @Override
    public List<String> arguments() {
        return arguments;
    }

    @Override
    public Map<String, String> environment() {
        return environment;
    }

    @Override
    public Caller caller() {
        return CALLER;
    }

    @Override
    public boolean isTerminal(Stream stream) {
        return terminal;
    }

    @Override
    public int columns() {
        return columns;
    }

    @Override
    public synchronized void write(Stream stream, byte[] bytes, int offset, int length) throws IOException {
        if (stream == Stream.OUT && failure != null) {
            throw failure;
        }
        (stream == Stream.OUT ? out : err).write(bytes, offset, length);
    }

    @Override
    public TerminalLink openTerminal() throws FroggrException {
        if (link == null) {
            throw FroggrException.of(Fault.UNSUPPORTED, "no terminal");
        }
        return link;
    }

    @Override
    public void onHangup(Runnable action) {
        hangup = action;
    }

    @Override
    public void handOff(HandOff program) {
        handOff = program;
    }

    @Override
    public void end(int exitStatus) {
        ends.add(exitStatus);
    }
}
