package org.froggr.shell.internal.verb;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.froggr.api.session.Change;
import org.froggr.api.session.NamespaceEntry;
import org.froggr.api.session.SessionInfo;
import org.froggr.api.session.SessionState;
import org.froggr.shell.internal.render.EntryText;
import org.froggr.shell.internal.render.SessionJson;
import org.froggr.spi.command.CommandContext;

/** Tells what a verb did to a namespace. */
final class ChangeReport {
    private final CommandContext context;

    ChangeReport(CommandContext context) {
        this.context = context;
    }

    /** The id of the session on standard output, and nothing else there. */
    void attached(Change change, String done) {
        if (context.isJson()) {
            context.printJson(json(change));
        } else {
            context.println(change.session().id().toString());
        }
        notes(change, "already " + done);
        stack(change);
    }

    /** Nothing on standard output. */
    void reordered(Change change) {
        if (context.isJson()) {
            context.printJson(json(change));
        }
        notes(change, "already in that order");
        stack(change);
    }

    /** Nothing on standard output. */
    void detached(Change change) {
        if (context.isJson()) {
            context.printJson(json(change));
        }
        notes(change, "nothing to do");
        SessionInfo session = change.session();
        if (hasEnded(session)) {
            context.note("session " + session.id() + " ended with its last entry");
        } else {
            context.detail("session " + session.id());
        }
    }

    private void notes(Change change, String unchanged) {
        if (!change.changed() && !context.isJson()) {
            context.note(unchanged + first(change.stack()));
        }
        change.notes().forEach(context::note);
    }

    private static String first(List<NamespaceEntry> stack) {
        return stack.isEmpty() ? "" : ": " + EntryText.line(stack.get(0));
    }

    private void stack(Change change) {
        if (change.stack().size() > 1) {
            context.note("what is there now, the visible one first:");
            change.stack().forEach(entry -> context.note("  " + EntryText.line(entry)));
        }
    }

    private static boolean hasEnded(SessionInfo session) {
        return !session.permanent() && session.state() == SessionState.TERMINATING;
    }

    private static Map<String, Object> json(Change change) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", change.session().id().toString());
        json.put("changed", change.changed());
        json.put("ended", hasEnded(change.session()));
        json.put("session", SessionJson.info(change.session()));
        json.put("stack", change.stack().stream().map(SessionJson::entry).toList());
        json.put("notes", change.notes());
        return json;
    }
}
