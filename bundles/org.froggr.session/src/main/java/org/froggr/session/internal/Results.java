package org.froggr.session.internal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.froggr.api.BytePath;
import org.froggr.api.FroggrException;
import org.froggr.api.session.Change;
import org.froggr.api.session.Ending;
import org.froggr.api.session.Entrance;
import org.froggr.api.session.EntryKind;
import org.froggr.api.session.HealthReport;
import org.froggr.api.session.NamespaceEntry;
import org.froggr.api.session.SessionInfo;
import org.froggr.api.session.SessionMode;
import org.froggr.api.session.SessionState;
import org.froggr.session.internal.store.SessionRecord;

/** The values that the session API hands out. */
final class Results {
    private Results() {}

    record ChangeResult(SessionInfo session, boolean changed, List<NamespaceEntry> stack, List<String> notes)
            implements Change {}

    record EndingResult(UUID session, boolean gone, Optional<FroggrException> obstacle, List<String> notes)
            implements Ending {}

    record EntranceResult(
            UUID session,
            long pid,
            long processStart,
            boolean mountNamespace,
            boolean userNamespace,
            BytePath directory)
            implements Entrance {}

    record Health(List<Finding> findings) implements HealthReport {
        @Override
        public boolean healthy() {
            return findings.stream().allMatch(Finding::ok);
        }
    }

    record Check(String check, boolean ok, String detail) implements HealthReport.Finding {}

    /** A record, seen through the API. */
    record Info(SessionRecord record) implements SessionInfo {
        @Override
        public UUID id() {
            return record.id();
        }

        @Override
        public Optional<String> name() {
            return Optional.ofNullable(record.name());
        }

        @Override
        public long pid() {
            return record.pid();
        }

        @Override
        public long processStart() {
            return record.processStart();
        }

        @Override
        public BytePath root() {
            return BytePath.of(record.root());
        }

        @Override
        public Instant created() {
            return record.created();
        }

        @Override
        public long owner() {
            return record.owner();
        }

        @Override
        public SessionState state() {
            return record.state();
        }

        @Override
        public SessionMode mode() {
            return record.mode();
        }

        @Override
        public String recovery() {
            return record.recovery();
        }

        @Override
        public boolean permanent() {
            return record.permanent();
        }

        @Override
        public int mounts() {
            return count(EntryKind.MOUNT);
        }

        @Override
        public int binds() {
            return count(EntryKind.BIND);
        }

        private int count(EntryKind kind) {
            return (int) record.entries().stream().filter(e -> e.kind() == kind).count();
        }
    }
}
