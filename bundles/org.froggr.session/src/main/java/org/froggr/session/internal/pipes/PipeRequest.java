package org.froggr.session.internal.pipes;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.froggr.api.BytePath;
import org.froggr.api.ByteText;
import org.froggr.session.internal.store.Json;

/**
 * One line of {@code ctl}.
 *
 * @param id a string, number, boolean or null, given back with the answer
 * @param arguments verb, options and operands, as ByteText
 * @param reply absolute path of the pipe for the answer, or null for the session's own
 * @param directory what relative paths start from
 */
record PipeRequest(Object id, List<String> arguments, BytePath reply, BytePath directory) {
    /** A line that is no request; the id is null if even that could not be read. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Object id;

        Malformed(Object id, String message) {
            super(message);
            this.id = id;
        }

        Object id() {
            return id;
        }
    }

    static PipeRequest parse(byte[] line) throws Malformed {
        Object json;
        try {
            json = Json.parse(ByteText.decode(line));
        } catch (IOException e) {
            throw new Malformed(null, "no JSON: " + e.getMessage().lines().findFirst().orElse("unreadable"));
        }
        if (!(json instanceof Map<?, ?> object)) {
            throw new Malformed(null, "no JSON object");
        }
        Object id = object.get("id");
        if (id instanceof Map || id instanceof List) {
            throw new Malformed(null, "id must be a string, number, boolean or null");
        }
        try {
            BytePath directory = path(object, "cwd", BytePath.ROOT);
            BytePath reply = path(object, "reply", null);
            return new PipeRequest(
                    id, arguments(object.get("argv")), reply == null ? null : directory.resolve(reply), directory);
        } catch (IllegalArgumentException e) {
            throw new Malformed(id, e.getMessage());
        }
    }

    private static List<String> arguments(Object argv) {
        if (!(argv instanceof List<?> list) || list.isEmpty()) {
            throw new IllegalArgumentException("argv must be an array of strings, the verb first");
        }
        List<String> arguments = new ArrayList<>();
        for (Object element : list) {
            arguments.add(text(element, "argv"));
        }
        return List.copyOf(arguments);
    }

    private static BytePath path(Map<?, ?> object, String name, BytePath fallback) {
        if (object.get(name) == null) {
            return fallback;
        }
        BytePath path = BytePath.of(text(object.get(name), name));
        if (path.isEmpty() || (name.equals("cwd") && !path.isAbsolute())) {
            throw new IllegalArgumentException(name + " must be a path, cwd an absolute one");
        }
        return path;
    }

    /** A string that stands for bytes without NUL, as the kernel takes them. */
    private static String text(Object value, String name) {
        if (!(value instanceof String text)) {
            throw new IllegalArgumentException(name + " must hold strings");
        }
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(name + " must not hold NUL");
        }
        // Throws for lone surrogates that stand for no byte.
        ByteText.encode(text);
        return text;
    }
}
