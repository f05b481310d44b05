package org.froggr.shell.internal.verb;

import java.util.List;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.froggr.api.session.Entrance;
import org.froggr.shell.internal.command.Reusable;
import org.froggr.shell.internal.command.Sessions;
import org.froggr.spi.command.CommandContext;
import org.froggr.spi.command.Verb;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code frg exec}. */
@Command(
        name = "exec",
        description = {
            "Run a command in a session, in this terminal.",
            "In a shared session it runs with the session's root as working directory."
        },
        customSynopsis = "frg exec [-hqvV] [--json] ID -- CMD [ARG...]",
        exitCodeOnExecutionException = ExecVerb.OWN_FAILURE,
        exitCodeListHeading = ExitStatuses.HEADING,
        exitCodeList = {
            " n:The exit status of the command; 128+n if signal n ended it.",
            "125:Froggr failed: NO_SESSION, USAGE, and so on.",
            "126:The command cannot be run.",
            "127:There is no such command."
        })
@Component(
        service = Verb.class,
        scope = ServiceScope.PROTOTYPE,
        property = {Verb.NAME + "=exec", Verb.POSITION + ":Integer=60"})
public final class ExecVerb implements Verb, Reusable {
    /** As env(1) of coreutils: the failure is not the command's. */
    static final int OWN_FAILURE = 125;

    @Parameters(index = "0", paramLabel = "ID", description = "Id, unique prefix or name of the session.")
    private String id;

    @Parameters(index = "1..*", paramLabel = "CMD", arity = "0..*", description = "The command and its arguments.")
    private List<String> command = List.of();

    private final Sessions sessions;

    @Activate
    public ExecVerb(@Reference Sessions sessions) {
        this.sessions = sessions;
    }

    /** What follows ID belongs to the command, options too. */
    @Spec
    void stopAtId(CommandSpec spec) {
        spec.parser().stopAtPositional(true);
    }

    @Override
    public int run(CommandContext context) throws FroggrException, InterruptedException {
        boolean dashes = !command.isEmpty() && command.get(0).equals("--");
        int operands = command.size() - (dashes ? 1 : 0);
        if (operands == 0) {
            throw FroggrException.of(Fault.USAGE, "which command?").hint("frg exec ID -- CMD, or frg enter ID");
        }
        Entrance entrance = sessions.call(manager -> manager.get(id).entrance());
        context.handOff(entrance, operands);
        return 0;
    }
}
