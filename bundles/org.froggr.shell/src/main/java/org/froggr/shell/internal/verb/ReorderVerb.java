package org.froggr.shell.internal.verb;

import java.util.List;
import java.util.Optional;
import org.froggr.api.BytePath;
import org.froggr.api.FroggrException;
import org.froggr.api.session.Change;
import org.froggr.api.session.ReorderRequest;
import org.froggr.shell.internal.command.Reusable;
import org.froggr.shell.internal.command.Sessions;
import org.froggr.spi.command.CommandContext;
import org.froggr.spi.command.Verb;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code frg reorder}. */
@Command(
        name = "reorder",
        description = {
            "Put the members of a union in another order, under programs that use it.",
            "Those that are named come first, in this order; the others keep their order behind them.",
            "TARGET among the SRCs means what the target itself holds."
        },
        customSynopsis = "frg reorder [-hqvV] [--json] [-s=SESSION] SRC... TARGET",
        exitCodeListHeading = ExitStatuses.HEADING,
        exitCodeList = {
            ExitStatuses.DONE, ExitStatuses.USAGE,
            "65:There is no such member, or no union: NOT_MOUNTED, TYPE_MISMATCH.",
            "66:NO_SESSION.",
            ExitStatuses.SYSTEM, ExitStatuses.CREATE,
            "75:TRY_AGAIN, INTERRUPTED.",
            ExitStatuses.PERMISSION
        },
        footer = {"%nExamples:", "  frg reorder ./new /mnt/x", "  frg reorder ./a /mnt/x ./b /mnt/x"})
@Component(
        service = Verb.class,
        scope = ServiceScope.PROTOTYPE,
        property = {Verb.NAME + "=reorder", Verb.POSITION + ":Integer=25"})
public final class ReorderVerb implements Verb, Reusable {
    @Option(names = {"-s", "--session"}, paramLabel = "SESSION", description =
        "The session that owns the union. Default: FROGGR_SESSION, else the one that owns TARGET.")
    private String session;

    @Parameters(index = "0..*", arity = "2..*", paramLabel = "SRC... TARGET", hideParamSyntax = true, description =
        "The sources of the members that are to come first, and where the union is.")
    private List<String> operands;

    private final Sessions sessions;

    @Activate
    public ReorderVerb(@Reference Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public int run(CommandContext context) throws FroggrException, InterruptedException {
        int last = operands.size() - 1;
        ReorderRequest request = new ReorderRequest(
                operands.subList(0, last),
                BytePath.of(operands.get(last)),
                Optional.ofNullable(session).or(context::session),
                context.caller());
        Change change = sessions.call(manager -> manager.reorder(request));
        new ChangeReport(context).reordered(change);
        return 0;
    }
}
