package org.froggr.shell.internal.render;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.froggr.api.FroggrException;
import org.froggr.api.session.HealthReport;
import org.froggr.api.session.HistoryEntry;
import org.froggr.api.session.NamespaceEntry;
import org.froggr.api.session.Resource;
import org.froggr.api.session.Session;
import org.froggr.api.session.SessionInfo;
import org.froggr.api.session.UnionInfo;

/** Sessions as values for {@link Json}. Fields are only ever added. */
public final class SessionJson {
    private SessionJson() {}

    /** {@code ACTIVE} as {@code active}: how states, modes and kinds are shown everywhere. */
    public static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    public static Map<String, Object> info(SessionInfo info) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", info.id().toString());
        json.put("name", info.name().orElse(null));
        json.put("pid", info.pid());
        json.put("root", info.root().toString());
        json.put("created", info.created().toString());
        json.put("state", lower(info.state()));
        json.put("mode", lower(info.mode()));
        json.put("mounts", info.mounts());
        json.put("binds", info.binds());
        json.put("owner", info.owner());
        json.put("recovery", info.recovery());
        json.put("permanent", info.permanent());
        return json;
    }

    /** All that {@code frg session ID} shows. */
    public static Map<String, Object> details(Session session, int history) throws FroggrException {
        Map<String, Object> json = info(session.info());
        json.put("processStart", session.info().processStart());
        json.put("directory", session.directory().toString());
        json.put("entries", session.entries().stream().map(SessionJson::entry).toList());
        json.put("unions", session.unions().stream().map(SessionJson::union).toList());
        json.put("resources", session.resources().stream().map(SessionJson::resource).toList());
        json.put("health", health(session.health()));
        json.put("history", session.history(history).stream().map(SessionJson::line).toList());
        return json;
    }

    public static Map<String, Object> entry(NamespaceEntry entry) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", lower(entry.kind()));
        json.put("source", entry.source());
        json.put("target", entry.target().toString());
        json.put("order", lower(entry.order()));
        json.put("recursive", entry.recursive());
        json.put("create", entry.create());
        json.put("options", List.copyOf(entry.options()));
        json.put("type", entry.type());
        json.put("mountId", entry.mountId().isPresent() ? entry.mountId().getAsLong() : null);
        json.put("present", entry.present());
        json.put("reported", entry.reported());
        json.put("since", entry.since().toString());
        return json;
    }

    private static Map<String, Object> union(UnionInfo union) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("target", union.target().toString());
        json.put("members", union.members().stream().map(SessionJson::member).toList());
        return json;
    }

    private static Map<String, Object> member(UnionInfo.Member member) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("source", member.source());
        json.put("original", member.original());
        json.put("create", member.create());
        json.put("flags", member.flags().stream().sorted().toList());
        json.put("handles", member.handles());
        return json;
    }

    private static Map<String, Object> resource(Resource resource) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", resource.name());
        json.put("used", resource.used());
        json.put("limit", resource.limit().isPresent() ? resource.limit().getAsLong() : null);
        json.put("unit", resource.unit());
        return json;
    }

    private static Map<String, Object> health(HealthReport report) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("healthy", report.healthy());
        json.put("findings", report.findings().stream().map(SessionJson::finding).toList());
        return json;
    }

    private static Map<String, Object> finding(HealthReport.Finding finding) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("check", finding.check());
        json.put("ok", finding.ok());
        json.put("detail", finding.detail());
        return json;
    }

    private static Map<String, Object> line(HistoryEntry entry) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("at", entry.at().toString());
        json.put("operation", entry.operation());
        json.put("arguments", List.copyOf(entry.arguments()));
        json.put("result", entry.result());
        json.put("milliseconds", entry.duration().toNanos() / 1e6);
        return json;
    }
}
