package org.froggr.shell.internal.gogo;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Process;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.froggr.api.session.Caller;
import org.froggr.spi.transport.Exchange;
import org.froggr.spi.transport.HandOff;
import org.froggr.spi.transport.TerminalLink;

/** A call of a verb from Gogo, as an exchange. */
final class GogoExchange implements Exchange {
    private static final List<String> VARIABLES = List.of("FROGGR_SESSION", "NO_COLOR");

    private final List<String> arguments;
    private final CommandSession session;
    private final Process process;
    private final Surroundings surroundings;

    GogoExchange(String verb, List<Object> arguments, CommandSession session, Process process) {
        this.arguments = new ArrayList<>(List.of(verb));
        arguments.forEach(argument -> this.arguments.add(String.valueOf(argument)));
        this.session = session;
        this.process = process;
        this.surroundings = Surroundings.of(session);
    }

    @Override
    public List<String> arguments() {
        return arguments;
    }

    @Override
    public Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(surroundings.environment());
        for (String name : VARIABLES) {
            surroundings.variable(session, name).ifPresent(value -> environment.put(name, value));
        }
        return environment;
    }

    @Override
    public Caller caller() {
        return surroundings.callerIn(session);
    }

    @Override
    public boolean isTerminal(Stream stream) {
        return surroundings.terminal() && process.isTty(stream == Stream.OUT ? 1 : 2);
    }

    @Override
    public int columns() {
        return surroundings.columns().getAsInt();
    }

    @Override
    public void write(Stream stream, byte[] bytes, int offset, int length) {
        // It keeps its errors to itself; a pipe that nobody reads ends the job by Gogo's own means.
        PrintStream out = stream == Stream.OUT ? process.out() : process.err();
        out.write(bytes, offset, length);
        out.flush();
    }

    @Override
    public TerminalLink openTerminal() throws FroggrException {
        throw inGogo("an interactive program");
    }

    /** The job that the call belongs to is interrupted by Gogo itself. */
    @Override
    public void onHangup(Runnable action) {}

    @Override
    public void handOff(HandOff handOff) throws FroggrException {
        throw inGogo("a program in a session");
    }

    private static FroggrException inGogo(String what) {
        return FroggrException.of(Fault.UNSUPPORTED, "Gogo cannot start " + what + " in your terminal")
                .hint("the same with frg, from a shell");
    }

    /** Nobody waits for it: Gogo sees the end of the call. */
    @Override
    public void end(int exitStatus) {}
}
