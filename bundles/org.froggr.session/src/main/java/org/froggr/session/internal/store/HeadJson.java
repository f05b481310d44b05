package org.froggr.session.internal.store;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The {@link HeadRecord}s of a session as JSON and back. */
final class HeadJson {
    private static final int VERSION = 1;

    private HeadJson() {}

    static Map<String, Object> write(List<HeadRecord> heads) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", VERSION);
        json.put("heads", heads.stream().map(HeadJson::writeHead).toList());
        return json;
    }

    private static Map<String, Object> writeHead(HeadRecord head) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("number", head.number());
        json.put("target", head.target());
        json.put("plan9", head.plan9());
        json.put("original", head.original() == null ? null : writeOriginal(head.original()));
        json.put("members", head.members().stream().map(HeadJson::writeMember).toList());
        return json;
    }

    private static Map<String, Object> writeOriginal(HeadRecord.Original original) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("own", original.own() == null ? null : writeOwn(original.own()));
        return json;
    }

    private static Map<String, Object> writeMember(HeadRecord.Member member) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("number", member.number());
        json.put("label", member.label());
        json.put("receivesNew", member.receivesNew());
        json.put("flags", member.flags().stream().sorted().toList());
        json.put("own", member.own() == null ? null : writeOwn(member.own()));
        return json;
    }

    private static Map<String, Object> writeOwn(HeadRecord.Own own) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("session", own.session());
        json.put("head", own.head());
        json.put("members", own.members());
        json.put("names", own.names());
        return json;
    }

    /** @throws IllegalArgumentException naming what is missing or wrong */
    static List<HeadRecord> read(Object json) {
        Fields fields = Fields.of(json, "the file");
        if (fields.integer("version") != VERSION) {
            throw new IllegalArgumentException("layout " + fields.integer("version") + " is not known");
        }
        return fields.list("heads", HeadJson::readHead);
    }

    private static HeadRecord readHead(Object json) {
        Fields fields = Fields.of(json, "a union");
        return new HeadRecord(
                fields.integer("number"),
                fields.text("target"),
                fields.flag("plan9"),
                fields.fieldsOrNull("original", o -> new HeadRecord.Original(o.fieldsOrNull("own", HeadJson::readOwn))),
                fields.list("members", HeadJson::readMember));
    }

    private static HeadRecord.Member readMember(Object json) {
        Fields fields = Fields.of(json, "a member");
        return new HeadRecord.Member(
                fields.integer("number"),
                fields.text("label"),
                fields.flag("receivesNew"),
                Set.copyOf(fields.texts("flags")),
                fields.fieldsOrNull("own", HeadJson::readOwn));
    }

    private static HeadRecord.Own readOwn(Fields fields) {
        return new HeadRecord.Own(
                UUID.fromString(fields.text("session")),
                fields.integer("head"),
                fields.list("members", number -> ((Number) number).longValue()),
                fields.texts("names"));
    }
}
