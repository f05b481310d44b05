package org.froggr.shell.internal.verb;

import java.util.LinkedHashMap;
import java.util.Map;
import org.froggr.api.FroggrException;
import org.froggr.api.session.Session;
import org.froggr.shell.internal.command.Reusable;
import org.froggr.shell.internal.command.Sessions;
import org.froggr.shell.internal.render.SessionJson;
import org.froggr.spi.command.CommandContext;
import org.froggr.spi.command.Verb;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code frg ns}. */
@Command(
        name = "ns",
        description = "Print a session's namespace as lines that can be replayed.",
        exitCodeListHeading = ExitStatuses.HEADING,
        exitCodeList = {ExitStatuses.DONE, ExitStatuses.USAGE, "66:NO_SESSION."},
        footer = {"%nReplaying:", "  FROGGR_SESSION=other sh -c \"$(frg ns dev)\""})
@Component(
        service = Verb.class,
        scope = ServiceScope.PROTOTYPE,
        property = {Verb.NAME + "=ns", Verb.POSITION + ":Integer=40"})
public final class NsVerb implements Verb, Reusable {
    @Parameters(arity = "0..1", paramLabel = "ID", description =
        "Id, unique prefix or name of the session. Default: FROGGR_SESSION.")
    private String id;

    private final Sessions sessions;

    @Activate
    public NsVerb(@Reference Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public int run(CommandContext context) throws FroggrException, InterruptedException {
        String reference = DefaultSession.of(id, context);
        if (context.isJson()) {
            context.printJson(sessions.call(manager -> json(manager.get(reference))));
        } else {
            context.print(sessions.call(manager -> manager.get(reference).namespaceText()));
        }
        return 0;
    }

    private static Map<String, Object> json(Session session) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", session.id().toString());
        json.put("lines", session.namespaceText().lines().toList());
        json.put("entries", session.entries().stream().map(SessionJson::entry).toList());
        return json;
    }
}
