package org.froggr.shell.internal.verb;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.froggr.api.session.Ending;
import org.froggr.api.session.Session;
import org.froggr.api.session.SessionManager;
import org.froggr.api.session.UnmountMode;
import org.froggr.shell.internal.command.Invocation;
import org.froggr.shell.internal.command.Sessions;
import org.froggr.spi.command.CommandContext;

/** Ends sessions and tells of each what became of it. */
final class SessionEnd {
    private final Sessions sessions;
    private final CommandContext context;

    SessionEnd(Sessions sessions, CommandContext context) {
        this.sessions = sessions;
        this.context = context;
    }

    /** All are found before the first is touched. */
    int kill(List<String> references, UnmountMode mode) throws FroggrException, InterruptedException {
        return report(sessions.call(manager -> {
            Set<Session> found = new LinkedHashSet<>();
            for (String reference : references) {
                found.add(manager.get(reference));
            }
            return endings(manager, found, mode);
        }));
    }

    private static List<Ending> endings(SessionManager manager, Set<Session> found, UnmountMode mode) {
        List<Ending> endings = new ArrayList<>();
        for (Session session : found) {
            // A caller who goes away ends the row, never the session in hand.
            if (!Thread.currentThread().isInterrupted()) {
                endings.add(manager.kill(session, mode));
            }
        }
        return endings;
    }

    int purge(UnmountMode mode) throws FroggrException, InterruptedException {
        return report(sessions.call(manager -> manager.purge(mode)));
    }

    private int report(List<Ending> endings) {
        if (context.isJson()) {
            context.printJson(endings.stream().map(SessionEnd::json).toList());
        }
        int status = 0;
        for (Ending ending : endings) {
            int one = one(ending);
            status = status == 0 ? one : status;
        }
        return status;
    }

    private int one(Ending ending) {
        ending.notes().forEach(context::detail);
        if (ending.gone()) {
            if (!context.isJson()) {
                context.println(ending.session().toString());
            }
            return 0;
        }
        FroggrException obstacle = obstacle(ending);
        Invocation.of(context).report(obstacle);
        return obstacle.fault().exitStatus();
    }

    private static FroggrException obstacle(Ending ending) {
        return ending.obstacle().orElseGet(() -> FroggrException.of(
                        Fault.BUSY, "session " + ending.session() + " could not be ended")
                .hint("frg session " + ending.session() + ", or --lazy"));
    }

    private static Map<String, Object> json(Ending ending) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", ending.session().toString());
        json.put("gone", ending.gone());
        json.put("code", ending.obstacle().map(e -> e.fault().name()).orElse(null));
        json.put("message", ending.obstacle().map(Throwable::getMessage).orElse(null));
        json.put("notes", ending.notes());
        return json;
    }
}
