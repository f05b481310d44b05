package org.froggr.shell.internal.render;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.froggr.api.session.SessionInfo;
import org.froggr.api.session.SessionState;

/** The list of sessions. */
public final class SessionTable {
    private static final int ROOT = 3;

    private final Styles styles;
    private final Instant now;

    public SessionTable(Styles styles, Instant now) {
        this.styles = styles;
        this.now = now;
    }

    /** A table with a header line; cut to {@code columns} if given. */
    public String text(List<SessionInfo> sessions, Optional<Integer> columns) {
        Table table = Table.withHeader(
                        styles, "ID", "NAME", "PID", "ROOT", "STATE", "MODE", "MOUNTS", "BINDS", "AGE")
                .right(2).right(6).right(7).right(8)
                .elastic(ROOT);
        ShortIds ids = ShortIds.of(sessions.stream().map(SessionInfo::id).toList());
        for (SessionInfo session : sessions) {
            table.row(cells(session, ids));
        }
        return table.text(columns);
    }

    private String[] cells(SessionInfo session, ShortIds ids) {
        return new String[] {
            ids.shorten(session.id()),
            session.name().map(Visible::word).orElse("-"),
            session.pid() == 0 ? "-" : Long.toString(session.pid()),
            Visible.word(session.root().toString()),
            state(session.state()),
            SessionJson.lower(session.mode()),
            Integer.toString(session.mounts()),
            Integer.toString(session.binds()),
            Quantity.age(Duration.between(session.created(), now))
        };
    }

    private String state(SessionState state) {
        String text = SessionJson.lower(state);
        return switch (state) {
            case ACTIVE -> styles.green(text);
            case FAILED -> styles.red(text);
            default -> styles.yellow(text);
        };
    }
}
