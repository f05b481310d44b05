package org.froggr.shell.internal.verb;

import java.util.Optional;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.froggr.spi.command.CommandContext;

/** Which session is meant where none is named. */
final class DefaultSession {
    private DefaultSession() {}

    /**
     * The named one, else that of the caller.
     *
     * @throws FroggrException USAGE if there is neither
     */
    static String of(String named, CommandContext context) throws FroggrException {
        Optional<String> reference = Optional.ofNullable(named).or(context::session);
        return reference.orElseThrow(() -> FroggrException.of(Fault.USAGE, "which session? FROGGR_SESSION is not set")
                .hint("frg session -l, which lists them"));
    }
}
