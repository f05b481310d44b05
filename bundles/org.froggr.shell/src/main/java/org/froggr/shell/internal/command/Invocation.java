package org.froggr.shell.internal.command;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.froggr.api.FroggrException;
import org.froggr.api.session.Caller;
import org.froggr.api.session.Entrance;
import org.froggr.shell.internal.render.Json;
import org.froggr.spi.command.CommandContext;
import org.froggr.spi.transport.Exchange;
import org.froggr.spi.transport.HandOff;
import org.froggr.spi.transport.TerminalLink;

/** One call of a verb: a {@link CommandContext} over an {@link Exchange}. */
public final class Invocation implements CommandContext {
    /** Tells programs started by {@code exec} and {@code enter} which session they are in. */
    static final String SESSION_VARIABLE = "FROGGR_SESSION";

    private final Exchange exchange;
    private final Output out;
    private final Output err;
    private final List<Runnable> afterEnd = new ArrayList<>();
    private String verb = "";
    private int failureStatus = -1;
    private Flags flags;
    private HandOff handOff;

    /** What the options that all verbs share say. */
    record Flags(boolean json, boolean verbose, boolean quiet) {}

    public Invocation(Exchange exchange) {
        this.exchange = exchange;
        this.out = new Output(exchange, Exchange.Stream.OUT, exchange.isTerminal(Exchange.Stream.OUT));
        this.err = new Output(exchange, Exchange.Stream.ERR, true);
        this.flags = new Flags(Words.wantJson(exchange.arguments()), false, false);
    }

    /** The invocation behind a context, for the few verbs that need more than a context offers. */
    public static Invocation of(CommandContext context) {
        return (Invocation) context;
    }

    List<String> arguments() {
        return exchange.arguments();
    }

    /** The verb for messages; empty until it is known. */
    String verb() {
        return verb;
    }

    void verb(String name) {
        verb = name;
    }

    /** The exit status that the verb wants for all its failures; -1 if each shall have its own. */
    int failureStatus() {
        return failureStatus;
    }

    void failureStatus(int status) {
        failureStatus = status;
    }

    void flags(Flags parsed) {
        flags = parsed;
    }

    /** Does {@code action} once the client has its exit status. */
    public void afterEnd(Runnable action) {
        afterEnd.add(action);
    }

    /** Standard output, for bytes; does not throw. */
    public OutputStream out() {
        return out;
    }

    /** Standard error, for bytes; does not throw. */
    public OutputStream err() {
        return err;
    }

    @Override
    public Caller caller() {
        return exchange.caller();
    }

    @Override
    public Optional<String> session() {
        return Optional.ofNullable(environment().get(SESSION_VARIABLE)).filter(value -> !value.isEmpty());
    }

    @Override
    public Map<String, String> environment() {
        return exchange.environment();
    }

    @Override
    public boolean isJson() {
        return flags.json();
    }

    @Override
    public boolean isVerbose() {
        return flags.verbose();
    }

    @Override
    public boolean isQuiet() {
        return flags.quiet();
    }

    /** Whether that stream ends in the caller's terminal. */
    public boolean isTerminal(Exchange.Stream stream) {
        return exchange.isTerminal(stream);
    }

    @Override
    public boolean isColor() {
        // https://no-color.org: present and not empty.
        return exchange.isTerminal(Exchange.Stream.OUT)
                && environment().getOrDefault("NO_COLOR", "").isEmpty()
                && !"dumb".equals(environment().get("TERM"));
    }

    @Override
    public Optional<Integer> columns() {
        boolean known = exchange.isTerminal(Exchange.Stream.OUT) && exchange.columns() > 0;
        return known ? Optional.of(exchange.columns()) : Optional.empty();
    }

    @Override
    public void println(String line) {
        out.print(line + "\n");
    }

    @Override
    public void print(String text) {
        out.print(text);
    }

    @Override
    public void printJson(Object value) {
        println(Json.write(value));
    }

    @Override
    public void note(String line) {
        if (!flags.quiet()) {
            error(line);
        }
    }

    @Override
    public void detail(String line) {
        if (flags.verbose()) {
            error(line);
        }
    }

    /** A line on standard error that {@code --quiet} does not hide. */
    public void error(String line) {
        out.flush();
        err.print(line + "\n");
    }

    /** Shows an error without ending the call, for verbs that go on with the next of several things. */
    public void report(FroggrException e) {
        error(ErrorReport.shown(verb, CommandFailure.of(e), isJson()));
    }

    @Override
    public TerminalLink openTerminal() throws FroggrException {
        out.flush();
        return exchange.openTerminal();
    }

    @Override
    public void handOff(Entrance entrance, int operands) {
        List<String> environment = List.of(SESSION_VARIABLE + "=" + entrance.session());
        handOff = new HandOff(entrance, operands, environment);
    }

    /** Sends what is still buffered, and what went wrong with standard output, if anything did. */
    Optional<IOException> flush() {
        out.flush();
        return out.failure();
    }

    /** Ends the exchange: with the program to run, if the verb asked for one, else with this status. */
    void end(int status) throws FroggrException {
        if (status == 0 && handOff != null) {
            exchange.handOff(handOff);
        } else {
            exchange.end(status);
        }
    }

    void ended() {
        afterEnd.forEach(Runnable::run);
    }
}
