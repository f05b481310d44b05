package org.froggr.shell.internal.testing;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.froggr.api.BytePath;
import org.froggr.api.FroggrException;
import org.froggr.api.session.BindOrder;
import org.froggr.api.session.Change;
import org.froggr.api.session.Ending;
import org.froggr.api.session.Entrance;
import org.froggr.api.session.EntryKind;
import org.froggr.api.session.HealthReport;
import org.froggr.api.session.HistoryEntry;
import org.froggr.api.session.NamespaceEntry;
import org.froggr.api.session.Resource;
import org.froggr.api.session.SessionInfo;
import org.froggr.api.session.SessionMode;
import org.froggr.api.session.SessionState;
import org.osgi.service.log.Logger;

/** Values of the session API. */
public final class Fakes {
    private Fakes() {}

    /** A logger that says nothing. */
    public static Logger logger() {
        return (Logger) Proxy.newProxyInstance(
                Fakes.class.getClassLoader(), new Class<?>[] {Logger.class}, (proxy, method, arguments) ->
                        method.getReturnType() == boolean.class ? Boolean.FALSE : null);
    }

    public record Info(
            UUID id,
            Optional<String> name,
            long pid,
            long processStart,
            BytePath root,
            Instant created,
            long owner,
            SessionState state,
            SessionMode mode,
            String recovery,
            boolean permanent,
            int mounts,
            int binds)
            implements SessionInfo {}

    public static SessionInfo info(String id, String name, String root) {
        return info(id, name, root, SessionState.ACTIVE);
    }

    public static SessionInfo info(String id, String name, String root, SessionState state) {
        return new Info(
                UUID.fromString(id), Optional.ofNullable(name), 1234, 99, BytePath.of(root),
                Instant.parse("2026-01-01T00:00:00Z"), 1000, state, SessionMode.SHARED, "resume", false, 1, 2);
    }

    public record Entry(
            EntryKind kind,
            String source,
            BytePath target,
            BindOrder order,
            boolean recursive,
            boolean create,
            List<String> options,
            String type,
            OptionalLong mountId,
            boolean present,
            boolean reported,
            Instant since)
            implements NamespaceEntry {}

    public static NamespaceEntry entry(EntryKind kind, String source, String target) {
        return new Entry(
                kind, source, BytePath.of(target), BindOrder.REPLACE, false, false, List.of("ro"), "kernel",
                OptionalLong.of(77), true, false, Instant.parse("2026-01-01T00:00:00Z"));
    }

    public record Changed(SessionInfo session, boolean changed, List<NamespaceEntry> stack, List<String> notes)
            implements Change {}

    public record Ended(UUID session, boolean gone, Optional<FroggrException> obstacle, List<String> notes)
            implements Ending {}

    public record Door(
            UUID session,
            long pid,
            long processStart,
            boolean mountNamespace,
            boolean userNamespace,
            BytePath directory)
            implements Entrance {}

    public record Used(String name, long used, OptionalLong limit, String unit) implements Resource {}

    public record Line(Instant at, String operation, List<String> arguments, String result, Duration duration)
            implements HistoryEntry {}

    public record Checked(boolean healthy, List<Finding> findings) implements HealthReport {}

    public record Found(String check, boolean ok, String detail) implements HealthReport.Finding {}
}
