package org.froggr.shell.internal.command;

import java.util.List;
import org.froggr.api.BytePath;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.froggr.spi.command.Verb;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;
import picocli.CommandLine;

/**
 * One instance of a verb with picocli's model of it. Serves one call at a time: a parse fills the
 * instance's fields, after it has set them back to what they were at first.
 */
public final class VerbCommand {
    private static final int NARROWEST = 55;
    private static final int WIDEST = 110;

    private final CommandLine line;
    private final boolean reusable;

    /** A model of {@code verb}. */
    public VerbCommand(Verb verb) {
        this.line = new CommandLine(verb);
        this.reusable = verb instanceof Reusable;
        SharedOptions.addTo(line.getCommandSpec());
        line.setExpandAtFiles(false);
        line.setOverwrittenOptionsAllowed(true);
        line.setAbbreviatedOptionsAllowed(false);
        line.setAbbreviatedSubcommandsAllowed(false);
        line.registerConverter(BytePath.class, BytePath::of);
    }

    /** Whether it may serve another call after this one. */
    boolean isReusable() {
        return reusable;
    }

    /** The same, for somebody who calls the verb {@code name}. */
    VerbCommand as(String name) {
        line.setCommandName("frg " + name);
        return this;
    }

    /** For those who complete options. */
    public CommandSpec spec() {
        return line.getCommandSpec();
    }

    /** The exit status of every error of this verb, if it wants one of its own; else -1. */
    int failureStatus() {
        int status = spec().exitCodeOnExecutionException();
        return status == CommandLine.ExitCode.SOFTWARE ? -1 : status;
    }

    /**
     * Fills the verb's fields.
     *
     * @throws FroggrException USAGE, with the nearest options
     */
    ParseResult parse(List<String> arguments) throws FroggrException {
        try {
            return line.parseArgs(arguments.toArray(String[]::new));
        } catch (UnmatchedArgumentException e) {
            throw usage(e, unmatched(e));
        } catch (ParameterException e) {
            throw usage(e, firstLine(e.getMessage()));
        }
    }

    private static FroggrException usage(ParameterException e, String message) {
        String help = e.getCommandLine().getCommandSpec().qualifiedName() + " --help";
        return FroggrException.of(Fault.USAGE, message).hint(help);
    }

    private static String unmatched(UnmatchedArgumentException e) {
        List<String> near = e.getSuggestions();
        return firstLine(e.getMessage()) + (near.isEmpty() ? "" : ", did you mean " + String.join(" or ", near) + "?");
    }

    private static String firstLine(String message) {
        return message == null || message.isEmpty() ? "the command line is wrong" : message.strip();
    }

    /** The verb that the command line led to: this one, or one of its subcommands. */
    static Verb verbOf(ParseResult parsed) {
        return parsed.hasSubcommand()
                ? verbOf(parsed.subcommand())
                : (Verb) parsed.commandSpec().userObject();
    }

    /** Help of the command that was parsed. */
    static String help(ParseResult parsed, boolean color, int columns) {
        ParseResult last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        return help(last.commandSpec().commandLine(), color, columns);
    }

    private static String help(CommandLine command, boolean color, int columns) {
        command.setUsageHelpWidth(Math.min(WIDEST, Math.max(NARROWEST, columns)));
        return command.getUsageMessage(color ? Ansi.ON : Ansi.OFF);
    }

    /** The first line of its description, for the list of verbs. */
    String summary() {
        String[] description = spec().usageMessage().description();
        return description.length == 0 ? "" : description[0];
    }
}
