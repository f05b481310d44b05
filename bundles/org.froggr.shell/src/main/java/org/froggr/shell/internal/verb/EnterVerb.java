package org.froggr.shell.internal.verb;

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
import picocli.CommandLine.Parameters;

/** {@code frg enter}. */
@Command(
        name = "enter",
        description = "Start a shell in a session, in this terminal.",
        exitCodeOnExecutionException = ExecVerb.OWN_FAILURE,
        exitCodeListHeading = ExitStatuses.HEADING,
        exitCodeList = {
            " n:The exit status of the shell; 128+n if signal n ended it.",
            "125:Froggr failed: NO_SESSION, USAGE, and so on.",
            "126:The shell cannot be run.",
            "127:There is no such shell."
        })
@Component(
        service = Verb.class,
        scope = ServiceScope.PROTOTYPE,
        property = {Verb.NAME + "=enter", Verb.POSITION + ":Integer=70"})
public final class EnterVerb implements Verb, Reusable {
    @Parameters(arity = "0..1", paramLabel = "ID", description =
        "Id, unique prefix or name of the session. Default: FROGGR_SESSION.")
    private String id;

    private final Sessions sessions;

    @Activate
    public EnterVerb(@Reference Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public int run(CommandContext context) throws FroggrException, InterruptedException {
        String reference = DefaultSession.of(id, context);
        Entrance entrance = sessions.call(manager -> manager.get(reference).entrance());
        context.handOff(entrance, 0);
        return 0;
    }
}
