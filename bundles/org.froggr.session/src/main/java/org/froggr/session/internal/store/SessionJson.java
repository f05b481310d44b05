package org.froggr.session.internal.store;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.froggr.api.session.BindOrder;
import org.froggr.api.session.EntryKind;
import org.froggr.api.session.SessionMode;
import org.froggr.api.session.SessionState;
import org.froggr.spi.recovery.Incident;

/** {@link SessionRecord} as JSON and back. */
final class SessionJson {
    private SessionJson() {}

    static Map<String, Object> write(SessionRecord session) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", session.version());
        json.put("id", session.id());
        json.put("name", session.name());
        json.put("pid", session.pid());
        json.put("processStart", session.processStart());
        json.put("bootId", session.bootId());
        json.put("root", session.root());
        json.put("created", session.created());
        json.put("owner", session.owner());
        json.put("mode", session.mode());
        json.put("state", session.state());
        json.put("recovery", session.recovery());
        json.put("permanent", session.permanent());
        json.put("limits", writeLimits(session.limits()));
        json.put("entries", session.entries().stream().map(SessionJson::writeEntry).toList());
        json.put("incidents", session.incidents().stream().map(SessionJson::writeIncident).toList());
        return json;
    }

    private static Map<String, Object> writeLimits(SessionRecord.Limits limits) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("mounts", limits.mounts());
        json.put("history", limits.history());
        return json;
    }

    private static Map<String, Object> writeEntry(EntryRecord entry) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", entry.kind());
        json.put("source", entry.source());
        json.put("target", entry.targetText());
        json.put("order", entry.order());
        json.put("recursive", entry.recursive());
        json.put("create", entry.create());
        json.put("options", entry.options());
        json.put("scheme", entry.scheme());
        json.put("type", entry.type());
        json.put("tree", entry.tree());
        json.put("made", entry.made());
        json.put("mount", entry.mount());
        json.put("uniqueMount", entry.uniqueMount());
        if (entry.isServed()) {
            json.put("head", entry.head());
            json.put("member", entry.member());
        }
        if (entry.along() != null) {
            json.put("along", entry.along().stream().map(SessionJson::writeSubmount).toList());
        }
        json.put("stage", entry.stage());
        json.put("reported", entry.reported());
        json.put("since", entry.since());
        return json;
    }

    private static Map<String, Object> writeSubmount(SubmountRecord submount) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("mount", submount.mountId());
        json.put("device", submount.device());
        json.put("root", submount.rootText());
        json.put("path", submount.pathText());
        return json;
    }

    private static Map<String, Object> writeIncident(IncidentRecord incident) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", incident.kind());
        json.put("at", incident.at());
        json.put("detail", incident.detail());
        json.put("action", incident.action());
        return json;
    }

    /** The layout's version, before anything else of it is believed. */
    static int version(Object json) {
        return Fields.of(json, "the file").integer("version");
    }

    /** @throws IllegalArgumentException naming the field that is missing or wrong */
    static SessionRecord read(Object json) {
        Fields fields = Fields.of(json, "the file");
        UUID id = UUID.fromString(fields.text("id"));
        Fields limits = fields.fields("limits");
        List<EntryRecord> entries = fields.list("entries", SessionJson::readEntry);
        List<IncidentRecord> incidents = fields.list("incidents", incident -> readIncident(id, incident));
        return new SessionRecord(
                fields.integer("version"),
                id,
                fields.textOrNull("name"),
                fields.number("pid"),
                fields.number("processStart"),
                fields.textOrNull("bootId"),
                fields.text("root"),
                fields.instant("created"),
                fields.number("owner"),
                fields.constant("mode", SessionMode.class),
                fields.constant("state", SessionState.class),
                fields.textOrNull("recovery"),
                fields.flag("permanent"),
                new SessionRecord.Limits(limits.integer("mounts"), limits.integer("history")),
                entries,
                incidents);
    }

    private static EntryRecord readEntry(Object json) {
        Fields fields = Fields.of(json, "an entry");
        return new EntryRecord(
                fields.constant("kind", EntryKind.class),
                fields.text("source"),
                fields.text("target"),
                fields.constant("order", BindOrder.class),
                fields.flag("recursive"),
                fields.flag("create"),
                fields.texts("options"),
                fields.textOrNull("scheme"),
                fields.textOrNull("type"),
                fields.textOrNull("tree"),
                fields.integer("made"),
                fields.number("mount"),
                fields.number("uniqueMount"),
                fields.integerOrZero("head"),
                fields.integerOrZero("member"),
                fields.listOrNull("along", SessionJson::readSubmount),
                fields.constant("stage", EntryRecord.Stage.class),
                fields.flag("reported"),
                fields.instant("since"));
    }

    private static SubmountRecord readSubmount(Object json) {
        Fields fields = Fields.of(json, "a submount");
        return new SubmountRecord(
                fields.number("mount"), fields.number("device"), fields.text("root"), fields.text("path"));
    }

    private static IncidentRecord readIncident(UUID session, Object json) {
        Fields fields = Fields.of(json, "an incident");
        return new IncidentRecord(
                session,
                fields.constant("kind", Incident.Kind.class),
                fields.instant("at"),
                fields.text("detail"),
                fields.text("action"));
    }
}
