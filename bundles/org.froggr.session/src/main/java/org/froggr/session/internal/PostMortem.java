package org.froggr.session.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.froggr.api.ByteText;
import org.froggr.api.ErrnoException;
import org.froggr.api.FroggrException;
import org.froggr.api.session.HistoryEntry;
import org.froggr.session.internal.store.EntryRecord;
import org.froggr.session.internal.store.IncidentRecord;

/**
 * What is known of a session at the moment it is put into quarantine, as a file in its directory: for whoever finds
 * out why, when history and mount table say something else.
 */
final class PostMortem {
    private static final int MOST_HISTORY = 50;

    private final LiveSession session;

    PostMortem(LiveSession session) {
        this.session = session;
    }

    /**
     * Writes the file; replaces an earlier one.
     *
     * @param why the last incident and what came of it
     */
    void write(String why) throws ErrnoException {
        List<String> lines = new ArrayList<>();
        lines.add("session " + session.id() + " at " + Instant.now());
        lines.add(why);
        lines.add("");
        lines.add("process " + session.record().pid() + (session.hasLivingProcess() ? ", alive" : ", gone"));
        lines.add("");
        lines.add("incidents:");
        for (IncidentRecord incident : session.record().incidents()) {
            lines.add(incident.at() + " " + incident.kind() + " " + incident.detail() + "; " + incident.action());
        }
        lines.add("");
        lines.add("namespace:");
        for (EntryRecord entry : session.record().entries()) {
            lines.add(entry.stage() + " " + entry.source() + " " + entry.targetText() + " mount " + entry.mount());
        }
        lines.add("");
        lines.add("last operations:");
        addHistory(lines);
        lines.add("");
        lines.add("mount table:");
        addMountTable(lines);
        session.files().savePostMortem(String.join("\n", lines) + "\n");
    }

    private void addHistory(List<String> lines) {
        try {
            for (HistoryEntry entry : session.history(MOST_HISTORY)) {
                lines.add(entry.at() + " " + entry.operation() + " " + String.join(" ", entry.arguments()) + ": "
                        + entry.result());
            }
        } catch (FroggrException e) {
            lines.add("(" + e.getMessage() + ")");
        }
    }

    private void addMountTable(List<String> lines) {
        try {
            lines.add(ByteText.decode(session.reachableSpace().mountInfo()));
        } catch (ErrnoException e) {
            lines.add("(" + e.getMessage() + ")");
        }
    }
}
