package org.froggr.spi.command;

import java.util.Map;
import java.util.Optional;
import org.froggr.api.BytePath;
import org.froggr.api.FroggrException;
import org.froggr.api.session.Caller;
import org.froggr.api.session.Entrance;
import org.froggr.spi.transport.TerminalLink;
import org.osgi.annotation.versioning.ProviderType;

/** What surrounds one call of a verb. Used by that call's thread alone. */
@ProviderType
public interface CommandContext {
    Caller caller();

    /** The session the caller is in or has named by FROGGR_SESSION; verbs act on it unless told otherwise. */
    Optional<String> session();

    /** The variables that the client sent along. */
    Map<String, String> environment();

    boolean isJson();

    boolean isVerbose();

    boolean isQuiet();

    /** Whether escape sequences may be written to standard output. */
    boolean isColor();

    /** Columns to fit output into; empty when standard output is no terminal, and nothing may be cut. */
    Optional<Integer> columns();

    /** Writes a line to standard output. */
    void println(String line);

    /** Writes text as it is to standard output. */
    void print(String text);

    /** Writes a value as one JSON document to standard output: maps, lists, strings, numbers, booleans, null. */
    void printJson(Object value);

    /** Writes a line to standard error, unless {@code --quiet}. */
    void note(String line);

    /** Writes a line to standard error if {@code --verbose}. */
    void detail(String line);

    /** {@code path} as this caller means it. */
    default BytePath absolute(BytePath path) {
        return caller().absolute(path);
    }

    /** See {@link org.froggr.spi.transport.Exchange#openTerminal}. */
    TerminalLink openTerminal() throws FroggrException;

    /**
     * Lets the client run a program inside a session after the verb has returned 0.
     *
     * @param operands how many of the last arguments are the program and its arguments, 0 for a shell
     * @throws FroggrException UNSUPPORTED where there is no client that could, as in Gogo
     */
    void handOff(Entrance entrance, int operands) throws FroggrException;
}
