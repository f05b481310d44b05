package org.froggr.shell.internal.command;

import java.io.IOException;
import java.util.Optional;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.froggr.api.ShellWord;
import org.froggr.spi.transport.Exchange;
import org.froggr.spi.transport.ExchangeHandler;
import org.osgi.service.log.Logger;
import picocli.CommandLine.ParseResult;

/** Carries out command lines, any number at once. Holds no state of a call. */
public final class CommandRunner implements ExchangeHandler {
    private static final int DEFAULT_COLUMNS = 80;

    private final VerbCatalogue catalogue;
    private final Activity activity;
    private final ErrorReport errors;
    private final MainHelp help;
    private final Version version;
    private final Logger logger;

    public CommandRunner(VerbCatalogue catalogue, Activity activity, Version version, Logger logger) {
        this.catalogue = catalogue;
        this.activity = activity;
        this.errors = new ErrorReport(logger);
        this.help = new MainHelp(catalogue);
        this.version = version;
        this.logger = logger;
    }

    @Override
    public void handle(Exchange exchange) {
        activity.begin();
        Invocation call = new Invocation(exchange);
        try {
            end(call, exchange, perform(call, exchange));
        } finally {
            activity.end();
        }
        call.ended();
    }

    private int perform(Invocation call, Exchange exchange) {
        try (Interruption interruption = Interruption.of(exchange)) {
            int status = run(call);
            if (interruption.happened()) {
                logger.info("the client of {} went away during the call", exchange.arguments());
            }
            return status;
        } catch (Throwable t) {
            return show(call, failure(call, t));
        }
    }

    /** What was thrown, with the exit status that the verb wants for all its failures, if it wants one. */
    private CommandFailure failure(Invocation call, Throwable thrown) {
        CommandFailure failure = errors.failure(thrown);
        boolean asIs = call.failureStatus() < 0 || failure.status() == ErrorReport.BROKEN_PIPE;
        return asIs ? failure : failure.exiting(call.failureStatus());
    }

    private int show(Invocation call, CommandFailure failure) {
        if (failure.status() != ErrorReport.BROKEN_PIPE) {
            call.error(ErrorReport.shown(call.verb(), failure, call.isJson()));
            causes(call, failure);
        }
        return failure.status();
    }

    private static void causes(Invocation call, CommandFailure failure) {
        Throwable cause = failure.getCause() == null ? null : failure.getCause().getCause();
        while (cause != null && !call.isJson()) {
            call.detail("  because: " + cause.getMessage());
            cause = cause.getCause();
        }
    }

    private void end(Invocation call, Exchange exchange, int status) {
        try {
            call.end(status);
        } catch (Throwable t) {
            exchange.end(show(call, failure(call, t)));
        }
    }

    /**
     * Runs the verb that the call asks for, and sends its output.
     *
     * @return the exit status
     * @throws Throwable whatever the verb throws; {@link ErrorReport} makes an error message of it
     */
    private int run(Invocation call) throws Throwable {
        int status = dispatch(call);
        Optional<IOException> lost = call.flush();
        if (lost.isPresent() && status == 0) {
            throw ErrorReport.ofOutput(lost.get());
        }
        return status;
    }

    /**
     * Carries out a command line inside another one, as Gogo does.
     *
     * @throws CommandFailure with the whole line to show, if it does not end with status 0
     */
    public void runInside(Exchange exchange) {
        Invocation call = new Invocation(exchange);
        try {
            int status = run(call);
            if (status != 0) {
                throw new CommandFailure("STATUS", status, "ended with exit status " + status, null);
            }
            call.end(status);
        } catch (Throwable t) {
            CommandFailure failure = failure(call, t);
            throw failure.finished(ErrorReport.shown(call.verb(), failure, call.isJson()));
        }
        call.ended();
    }

    private int dispatch(Invocation call) throws Throwable {
        Words words = Words.of(call.arguments());
        if (words.verb().isEmpty()) {
            return withoutVerb(call, words);
        }
        String name = words.verb().get();
        call.verb(name);
        Optional<VerbOffer> offer = catalogue.find(name);
        if (offer.isPresent()) {
            return withInstance(call, name, offer.get(), words);
        }
        if (name.equals("help")) {
            return helpVerb(call, words);
        }
        throw unknown(name);
    }

    private int withoutVerb(Invocation call, Words words) throws FroggrException {
        if (words.has('V', "--version")) {
            version.print(call);
        } else if (words.has('h', "--help")) {
            call.print(help.text(call.isColor()));
        } else {
            throw FroggrException.of(Fault.USAGE, "which verb?").hint("frg --help");
        }
        return 0;
    }

    /** {@code frg help VERB} is {@code frg VERB --help}. */
    private int helpVerb(Invocation call, Words words) throws Throwable {
        if (words.rest().isEmpty()) {
            call.print(help.text(call.isColor()));
            return 0;
        }
        String name = words.rest().get(0);
        VerbOffer offer = catalogue.find(name).orElseThrow(() -> unknown(name));
        return withInstance(call, name, offer, Words.help(name));
    }

    private FroggrException unknown(String name) {
        String near = String.join(", ", help.near(name));
        return FroggrException.of(Fault.USAGE, "there is no verb " + ShellWord.quote(name))
                .hint(near.isEmpty() ? "frg --help" : near);
    }

    private int withInstance(Invocation call, String name, VerbOffer offer, Words words) throws Throwable {
        Optional<VerbLease> lease = offer.source().get();
        if (lease.isEmpty()) {
            throw FroggrException.of(Fault.TRY_AGAIN, "the bundle that offers the verb " + name + " is being replaced")
                    .hint("the same command again");
        }
        try (VerbLease open = lease.get()) {
            return withModel(call, open.command().as(name), words);
        }
    }

    private int withModel(Invocation call, VerbCommand command, Words words)
            throws FroggrException, InterruptedException {
        call.failureStatus(command.failureStatus());
        ParseResult parsed = command.parse(words.forVerb());
        call.flags(SharedOptions.flags(parsed));
        return parsedRun(call, parsed);
    }

    private int parsedRun(Invocation call, ParseResult parsed) throws FroggrException, InterruptedException {
        if (SharedOptions.isSet(parsed, "--help")) {
            call.print(VerbCommand.help(parsed, call.isColor(), call.columns().orElse(DEFAULT_COLUMNS)));
            return 0;
        }
        if (SharedOptions.isSet(parsed, "--version")) {
            version.print(call);
            return 0;
        }
        return VerbCommand.verbOf(parsed).run(call);
    }
}
