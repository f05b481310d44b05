package org.froggr.shell.internal.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.froggr.api.BytePath;
import org.froggr.api.session.Entrance;
import org.froggr.api.session.EntryKind;
import org.froggr.api.session.HealthReport;
import org.froggr.api.session.HistoryEntry;
import org.froggr.api.session.NamespaceEntry;
import org.froggr.api.session.Resource;
import org.froggr.api.session.Session;
import org.froggr.api.session.SessionInfo;
import org.froggr.api.session.UnionInfo;

/** A session of fixed looks. */
public record FakeSession(SessionInfo info) implements Session {
    @Override
    public UUID id() {
        return info.id();
    }

    @Override
    public List<NamespaceEntry> entries() {
        return List.of(
                Fakes.entry(EntryKind.MOUNT, "/src", "/mnt/x"), Fakes.entry(EntryKind.BIND, "/a b", "/etc/app"));
    }

    @Override
    public String namespaceText() {
        return "frg mount /src /mnt/x\nfrg bind -r '/a b' \udcff\n";
    }

    @Override
    public List<HistoryEntry> history(int most) {
        Instant at = Instant.parse("2026-01-01T00:00:00Z");
        return List.of(
                new Fakes.Line(at, "mount", List.of("/src", "/mnt/x"), "ok", Duration.ofMillis(2)),
                new Fakes.Line(at, "incident", List.of(), "process died", Duration.ZERO));
    }

    @Override
    public List<Resource> resources() {
        return List.of(
                new Fakes.Used("memory", 2048, OptionalLong.empty(), "bytes"),
                new Fakes.Used("mounts", 2, OptionalLong.of(1024), "count"));
    }

    @Override
    public List<UnionInfo> unions() {
        return List.of();
    }

    @Override
    public HealthReport health() {
        return new Fakes.Checked(
                false,
                List.of(
                        new Fakes.Found("process", true, "lives"),
                        new Fakes.Found("mounts", false, "one is gone")));
    }

    @Override
    public BytePath directory() {
        return BytePath.of("/tmp/froggr/sessions/" + id());
    }

    @Override
    public Entrance entrance() {
        return new Fakes.Door(id(), info.pid(), info.processStart(), true, false, info.root());
    }

    @Override
    public void notifyMountSuccess(String source, BytePath target) {}

    @Override
    public void notifyBindSuccess(BytePath source, BytePath target) {}
}
