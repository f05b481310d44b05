package org.froggr.session.internal;

import static org.froggr.api.session.SessionState.ACTIVE;
import static org.froggr.api.session.SessionState.CREATING;
import static org.froggr.api.session.SessionState.FAILED;
import static org.froggr.api.session.SessionState.RECOVERING;
import static org.froggr.api.session.SessionState.TERMINATING;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.froggr.api.session.SessionState;

/**
 * The legal moves of a session. A session that has ended has no state: its files are gone.
 */
final class StateTable {
    private static final Map<SessionState, Set<SessionState>> MOVES = Map.of(
            CREATING, EnumSet.of(ACTIVE, TERMINATING),
            ACTIVE, EnumSet.of(RECOVERING, TERMINATING),
            RECOVERING, EnumSet.of(ACTIVE, FAILED, TERMINATING),
            // A termination that finds the session busy leaves it as it was.
            TERMINATING, EnumSet.of(ACTIVE, FAILED),
            FAILED, EnumSet.of(RECOVERING, TERMINATING));

    private StateTable() {}

    static boolean allows(SessionState from, SessionState to) {
        return MOVES.get(from).contains(to);
    }

    /**
     * Checks a move.
     *
     * @throws IllegalStateException if it is none of the table's: a defect of the caller
     */
    static SessionState move(SessionState from, SessionState to) {
        if (!allows(from, to)) {
            throw new IllegalStateException("no move from " + from + " to " + to);
        }
        return to;
    }
}
