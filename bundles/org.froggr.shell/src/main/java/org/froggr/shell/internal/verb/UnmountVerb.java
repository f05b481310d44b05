package org.froggr.shell.internal.verb;

import java.util.List;
import java.util.Optional;
import org.froggr.api.BytePath;
import org.froggr.api.FroggrException;
import org.froggr.api.session.Change;
import org.froggr.api.session.UnmountRequest;
import org.froggr.shell.internal.command.Reusable;
import org.froggr.shell.internal.command.Sessions;
import org.froggr.spi.command.CommandContext;
import org.froggr.spi.command.Verb;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code frg unmount}, {@code frg umount}. */
@Command(
        name = "unmount",
        description = {
            "Take what is mounted or bound at a target away.",
            "A session that mount or bind made ends with its last entry."
        },
        customSynopsis = "frg unmount [-hqvV] [--json] [--lazy | --force] [-s=SESSION] [SRC] TARGET",
        exitCodeListHeading = ExitStatuses.HEADING,
        exitCodeList = {
            ExitStatuses.DONE, ExitStatuses.USAGE,
            "65:Nothing is mounted there: NOT_MOUNTED.",
            "66:NO_SESSION, TARGET_MISSING.",
            ExitStatuses.SYSTEM, ExitStatuses.CREATE,
            "75:It is in use, nothing was undone: BUSY. Or TRY_AGAIN, INTERRUPTED.",
            ExitStatuses.PERMISSION
        })
@Component(
        service = Verb.class,
        scope = ServiceScope.PROTOTYPE,
        property = {Verb.NAME + "=unmount", Verb.NAME + "=umount", Verb.POSITION + ":Integer=30"})
public final class UnmountVerb implements Verb, Reusable {
    @Mixin
    private BusyOptions busy;

    @Option(names = {"-s", "--session"}, paramLabel = "SESSION", description =
        "The session that owns it. Default: FROGGR_SESSION, else the one that owns TARGET.")
    private String session;

    @Parameters(index = "0..1", arity = "1..2", paramLabel = "[SRC] TARGET", hideParamSyntax = true, description =
        "Where, and which source is to be taken out; all of them without SRC.")
    private List<String> operands;

    private final Sessions sessions;

    @Activate
    public UnmountVerb(@Reference Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public int run(CommandContext context) throws FroggrException, InterruptedException {
        UnmountRequest request = new UnmountRequest(
                operands.size() == 2 ? Optional.of(operands.get(0)) : Optional.empty(),
                BytePath.of(operands.get(operands.size() - 1)),
                busy.mode(),
                Optional.ofNullable(session).or(context::session),
                context.caller());
        Change change = sessions.call(manager -> manager.unmount(request));
        new ChangeReport(context).detached(change);
        return 0;
    }
}
