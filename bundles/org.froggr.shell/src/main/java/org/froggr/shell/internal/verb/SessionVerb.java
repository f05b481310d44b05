package org.froggr.shell.internal.verb;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.froggr.api.session.Session;
import org.froggr.api.session.SessionInfo;
import org.froggr.shell.internal.command.Reusable;
import org.froggr.shell.internal.command.Sessions;
import org.froggr.shell.internal.render.SessionDetails;
import org.froggr.shell.internal.render.SessionJson;
import org.froggr.shell.internal.render.SessionTable;
import org.froggr.shell.internal.render.Styles;
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

/** {@code frg session}. */
@Command(
        name = "session",
        description = {
            "List, show, kill and make sessions.",
            "With an ID: all about that session. With nothing: the session in FROGGR_SESSION, else the list."
        },
        subcommands = SessionNew.class,
        exitCodeListHeading = ExitStatuses.HEADING,
        exitCodeList = {
            ExitStatuses.DONE, ExitStatuses.USAGE,
            "66:NO_SESSION. With -k, nothing was killed then.",
            ExitStatuses.SYSTEM,
            "75:A session is in use and was left whole: BUSY. Or TRY_AGAIN, INTERRUPTED.",
            ExitStatuses.PERMISSION
        },
        footer = {
            "%nExamples:", "  frg session -l", "  frg session 3f2a", "  frg session -k dev 3f2a",
            "  frg session new --name dev --private --root ~/work"
        })
@Component(
        service = Verb.class,
        scope = ServiceScope.PROTOTYPE,
        property = {Verb.NAME + "=session", Verb.POSITION + ":Integer=50"})
public final class SessionVerb implements Verb, Reusable {
    private static final int HISTORY_LINES = 20;

    @Option(names = {"-l", "--list"}, description = "List all sessions, oldest first.")
    private boolean list;

    @Option(names = {"-k", "--kill"}, description = "End these sessions: unmount, end the process, remove the files.")
    private boolean kill;

    @Option(names = {"-p", "--purge"}, description = "End all sessions of this user, living or dead.")
    private boolean purge;

    @Mixin
    private BusyOptions busy;

    @Parameters(arity = "0..*", paramLabel = "ID", description = "Id, unique prefix or name of a session.")
    private List<String> ids = List.of();

    private final Sessions sessions;

    @Activate
    public SessionVerb(@Reference Sessions sessions) {
        this.sessions = sessions;
    }

    Sessions sessions() {
        return sessions;
    }

    /** Whether nothing was said but {@code session} itself, as {@code session new} needs it. */
    boolean isBare() {
        return !list && !kill && !purge && ids.isEmpty() && !busy.isSet();
    }

    @Override
    public int run(CommandContext context) throws FroggrException, InterruptedException {
        checkUsage();
        if (kill) {
            return new SessionEnd(sessions, context).kill(ids, busy.mode());
        }
        if (purge) {
            return new SessionEnd(sessions, context).purge(busy.mode());
        }
        Optional<String> one = ids.stream().findFirst().or(context::session);
        if (list || one.isEmpty()) {
            list(context);
        } else {
            details(context, one.get());
        }
        return 0;
    }

    private void checkUsage() throws FroggrException {
        if (Stream.of(list, kill, purge).filter(flag -> flag).count() > 1) {
            throw usage("-l, -k and -p exclude each other");
        }
        if (busy.isSet() && !kill && !purge) {
            throw usage("--lazy and --force go with -k or -p");
        }
        if (kill && ids.isEmpty()) {
            throw usage("-k needs the id or name of a session");
        }
        if (!ids.isEmpty() && (list || purge)) {
            throw usage((list ? "-l" : "-p") + " takes no id");
        }
        if (ids.size() > 1 && !kill) {
            throw usage("one session at a time can be shown");
        }
    }

    private static FroggrException usage(String message) {
        return FroggrException.of(Fault.USAGE, message).hint("frg session --help");
    }

    private void list(CommandContext context) throws FroggrException, InterruptedException {
        List<SessionInfo> all = sessions.call(
                manager -> manager.list().stream().map(Session::info).toList());
        if (context.isJson()) {
            context.printJson(all.stream().map(SessionJson::info).toList());
        } else {
            Styles styles = new Styles(context.isColor());
            context.print(new SessionTable(styles, Instant.now()).text(all, context.columns()));
        }
    }

    private void details(CommandContext context, String reference) throws FroggrException, InterruptedException {
        if (context.isJson()) {
            context.printJson(sessions.call(manager -> SessionJson.details(manager.get(reference), HISTORY_LINES)));
            return;
        }
        Styles styles = new Styles(context.isColor());
        SessionDetails details = new SessionDetails(styles, Instant.now(), ZoneId.systemDefault());
        context.print(sessions.call(manager -> details.text(manager.get(reference), HISTORY_LINES)));
    }
}
