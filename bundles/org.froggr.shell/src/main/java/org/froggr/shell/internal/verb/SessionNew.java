package org.froggr.shell.internal.verb;

import java.util.Optional;
import org.froggr.api.BytePath;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.froggr.api.session.Session;
import org.froggr.api.session.SessionMode;
import org.froggr.api.session.SessionRequest;
import org.froggr.shell.internal.render.SessionJson;
import org.froggr.spi.command.CommandContext;
import org.froggr.spi.command.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code frg session new}. */
@Command(
        name = "new",
        description = {
            "Make a session that stays until it is killed.", "Prints its full id."
        },
        exitCodeListHeading = ExitStatuses.HEADING,
        exitCodeList = {
            ExitStatuses.DONE, ExitStatuses.USAGE,
            "66:The root is not there: SOURCE_MISSING.",
            "69:There is no such recovery policy: UNSUPPORTED.",
            "73:The name is in use: NAME_TAKEN. Or CANNOT_CREATE.",
            "75:There are too many sessions: LIMIT.",
            "77:NO_PRIVILEGE, NO_USERNS."
        })
public final class SessionNew implements Verb {
    @Option(names = "--name", paramLabel = "N", description =
        "A name; not \"new\", nor hex digits and dashes alone.")
    private String name;

    @Option(names = "--root", paramLabel = "DIR", description = "Its root directory. Default: /.")
    private BytePath root;

    @Option(names = "--private", description = {
        "With a mount namespace of its own; needs no privilege.", "frg exec and frg enter go inside."})
    private boolean inPrivate;

    @Option(names = "--recovery", paramLabel = "P", description =
        "What to do when something of it dies: resume, remount, cleanup, quarantine, or the name of another policy.")
    private String recovery;

    @ParentCommand
    private SessionVerb parent;

    @Override
    public int run(CommandContext context) throws FroggrException, InterruptedException {
        if (!parent.isBare()) {
            throw FroggrException.of(Fault.USAGE, "a session cannot be named new, and -l, -k and -p do not go with new")
                    .hint("frg session new --help");
        }
        SessionRequest request = new SessionRequest(
                Optional.ofNullable(name),
                Optional.ofNullable(root),
                inPrivate ? SessionMode.PRIVATE : SessionMode.SHARED,
                Optional.ofNullable(recovery),
                context.caller());
        Session session = parent.sessions().call(manager -> manager.create(request));
        if (context.isJson()) {
            context.printJson(SessionJson.info(session.info()));
        } else {
            context.println(session.id().toString());
        }
        return 0;
    }
}
