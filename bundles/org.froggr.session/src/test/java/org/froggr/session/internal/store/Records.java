package org.froggr.session.internal.store;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.froggr.api.session.BindOrder;
import org.froggr.api.session.EntryKind;
import org.froggr.api.session.SessionMode;
import org.froggr.api.session.SessionState;
import org.froggr.spi.recovery.Incident;

/** Records with something in every field. */
final class Records {
    private static final Instant NOON = Instant.parse("2030-01-02T12:00:00.123456789Z");

    private Records() {}

    static SessionRecord session(UUID id, long pid) {
        return new SessionRecord(
                SessionRecord.VERSION,
                id,
                "dev",
                pid,
                1L << 40,
                "0f0e",
                "/root/\udcff\n\"caf\u00e9\ud83d\udc38",
                NOON,
                4_000_000_000L,
                SessionMode.PRIVATE,
                SessionState.ACTIVE,
                "resume",
                true,
                new SessionRecord.Limits(1024, 1000),
                List.of(entry("/a \udc80", "/t"), entry("x:\u0001", "/t/\udcfe")),
                List.of(new IncidentRecord(id, Incident.Kind.MOUNT_LOST, NOON, "gone", "remounted")));
    }

    static EntryRecord entry(String source, String target) {
        return entry(EntryKind.BIND, source, target, BindOrder.REPLACE, false, false, List.of("ro"), "kernel", false);
    }

    static EntryRecord entry(
            EntryKind kind,
            String source,
            String target,
            BindOrder order,
            boolean create,
            boolean recursive,
            List<String> options,
            String type,
            boolean reported) {
        return new EntryRecord(
                kind, source, target, order, recursive, create, options, "file", type, "/tree", 2, 77, 1L << 33, 5, 6,
                List.of(new SubmountRecord(78, 8L << 32 | 1, "/root \udcfd", "sub/\udcfe")), EntryRecord.Stage.PRESENT, reported, NOON);
    }
}
