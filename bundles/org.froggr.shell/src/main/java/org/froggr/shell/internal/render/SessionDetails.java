package org.froggr.shell.internal.render;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.froggr.api.FroggrException;
import org.froggr.api.session.EntryKind;
import org.froggr.api.session.HealthReport;
import org.froggr.api.session.HistoryEntry;
import org.froggr.api.session.NamespaceEntry;
import org.froggr.api.session.Resource;
import org.froggr.api.session.Session;
import org.froggr.api.session.SessionInfo;
import org.froggr.api.session.UnionInfo;

/** All about one session, for people. */
public final class SessionDetails {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private final Styles styles;
    private final Instant now;
    private final ZoneId zone;

    public SessionDetails(Styles styles, Instant now, ZoneId zone) {
        this.styles = styles;
        this.now = now;
        this.zone = zone;
    }

    /** With the newest {@code history} lines of what was done. */
    public String text(Session session, int history) throws FroggrException {
        Sections out = new Sections(styles);
        identity(out, session);
        process(out, session.info());
        entries(out, "Mounts", EntryKind.MOUNT, session.entries());
        entries(out, "Binds", EntryKind.BIND, session.entries());
        unions(out, session.unions());
        resources(out, session.resources());
        health(out, session.health());
        List<HistoryEntry> lines = session.history(history);
        incidents(out, lines);
        history(out, lines);
        return out.text();
    }

    private void identity(Sections out, Session session) {
        SessionInfo info = session.info();
        out.heading("Session " + info.id())
                .field("name", info.name().map(Visible::word).orElse("-"))
                .field("root", Visible.word(info.root().toString()))
                .field("state", SessionJson.lower(info.state()))
                .field("mode", SessionJson.lower(info.mode()))
                .field("created", time(info.created()) + ", " + age(info.created()) + " ago")
                .field("owner", "uid " + info.owner())
                .field("recovery", info.recovery())
                .field("ends", info.permanent() ? "when it is killed" : "with its last entry")
                .field("files", Visible.word(session.directory().toString()));
    }

    private static void process(Sections out, SessionInfo info) {
        out.heading("Process");
        if (info.pid() == 0) {
            out.line("none");
        } else {
            out.field("pid", info.pid()).field("started", info.processStart() + " ticks after boot");
        }
    }

    private void entries(Sections out, String title, EntryKind kind, List<NamespaceEntry> all) {
        List<NamespaceEntry> entries = all.stream().filter(entry -> entry.kind() == kind).toList();
        out.heading(title);
        if (entries.isEmpty()) {
            out.line("none");
            return;
        }
        Table table = Table.withHeader(styles, "SOURCE", "TARGET", "FLAGS", "TYPE", "AGE");
        for (NamespaceEntry entry : entries) {
            table.row(
                    Visible.word(entry.source()),
                    Visible.word(entry.target().toString()),
                    EntryText.flags(entry),
                    entry.type(),
                    age(entry.since()));
        }
        out.table(table);
    }

    private void unions(Sections out, List<UnionInfo> unions) {
        for (UnionInfo union : unions) {
            out.heading("Presented at " + Visible.word(union.target().toString()));
            Table table = Table.withHeader(styles, "ORDER", "TREE", "FLAGS", "OPEN");
            int order = 0;
            for (UnionInfo.Member member : union.members()) {
                order++;
                table.row(
                        Integer.toString(order),
                        member.original() ? "(the directory itself)" : Visible.word(member.source()),
                        memberFlags(member),
                        Integer.toString(member.handles()));
            }
            out.table(table);
        }
    }

    private static String memberFlags(UnionInfo.Member member) {
        List<String> words = new ArrayList<>(member.flags().stream().sorted().toList());
        if (member.create()) {
            words.add(0, "create");
        }
        return words.isEmpty() ? "-" : String.join(",", words);
    }

    private static void resources(Sections out, List<Resource> resources) {
        out.heading("Resources");
        Table table = Table.withoutHeader(2);
        for (Resource resource : resources) {
            String limit = resource.limit().isPresent()
                    ? " of " + amount(resource.limit().getAsLong(), resource)
                    : "";
            table.row(resource.name(), amount(resource.used(), resource) + limit);
        }
        out.table(table);
    }

    private static String amount(long value, Resource resource) {
        return resource.unit().equals("bytes") ? Quantity.bytes(value) : Long.toString(value);
    }

    private void health(Sections out, HealthReport report) {
        out.heading("Health");
        out.line(report.healthy() ? styles.green("healthy") : styles.red("not healthy"));
        for (HealthReport.Finding finding : report.findings()) {
            String mark = finding.ok() ? "ok  " : styles.red("BAD ");
            out.field(finding.check(), mark + Visible.line(finding.detail()));
        }
    }

    private void incidents(Sections out, List<HistoryEntry> lines) {
        List<HistoryEntry> incidents =
                lines.stream().filter(line -> line.operation().equals("incident")).toList();
        if (!incidents.isEmpty()) {
            out.heading("Incidents").table(lines(incidents));
        }
    }

    private void history(Sections out, List<HistoryEntry> lines) {
        out.heading("History");
        if (lines.isEmpty()) {
            out.line("none");
        } else {
            out.table(lines(lines));
        }
    }

    private Table lines(List<HistoryEntry> lines) {
        Table table = Table.withoutHeader(5);
        for (HistoryEntry line : lines) {
            List<String> arguments = line.arguments().stream().map(Visible::word).toList();
            table.row(
                    time(line.at()),
                    line.operation(),
                    String.join(" ", arguments),
                    Visible.line(line.result()),
                    Quantity.took(line.duration()));
        }
        return table;
    }

    private String time(Instant instant) {
        return TIME.format(instant.atZone(zone));
    }

    private String age(Instant since) {
        return Quantity.age(Duration.between(since, now));
    }
}
