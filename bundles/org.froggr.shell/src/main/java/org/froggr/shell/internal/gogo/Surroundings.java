package org.froggr.shell.internal.gogo;

import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.apache.felix.service.command.CommandSession;
import org.froggr.api.BytePath;
import org.froggr.api.session.Caller;

/**
 * Who is behind a Gogo session; kept in a variable of it.
 *
 * @param caller the process that asks
 * @param environment its variables
 * @param terminal whether what the session prints ends on a terminal
 * @param columns width of that terminal, 0 if unknown
 * @param start the session's directory at its start, which stands for the caller's own, whatever its bytes
 */
record Surroundings(
        Caller caller, Map<String, String> environment, boolean terminal, IntSupplier columns, String start) {
    private static final String VARIABLE = ".froggr";

    private static final Surroundings NONE = new Surroundings(Caller.platform(), Map.of(), false, () -> 0, "");

    void putInto(CommandSession session) {
        session.put(VARIABLE, this);
    }

    /** Those of a session; of a session that Froggr did not make, those of the platform itself. */
    static Surroundings of(CommandSession session) {
        return session.get(VARIABLE) instanceof Surroundings known ? known : NONE;
    }

    /** The caller in the directory that {@code cd} led to. */
    Caller callerIn(CommandSession session) {
        String now = String.valueOf(session.currentDir());
        return start.isEmpty() || now.equals(start) ? caller : caller.in(BytePath.of(now));
    }

    /** A variable as the session has set it, else as the caller had it. */
    Optional<String> variable(CommandSession session, String name) {
        Object set = session.get(name);
        return set != null ? Optional.of(set.toString()) : Optional.ofNullable(environment.get(name));
    }
}
