package org.froggr.session.internal.store;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The fields of a JSON object, each of the type that is asked for. Unknown fields are left alone; a
 * missing or wrong one is an {@link IllegalArgumentException} that names it.
 */
final class Fields {
    private final Map<?, ?> object;

    private Fields(Map<?, ?> object) {
        this.object = object;
    }

    static Fields of(Object value, String what) {
        if (value instanceof Map<?, ?> object) {
            return new Fields(object);
        }
        throw new IllegalArgumentException(what + " is not a JSON object");
    }

    String text(String name) {
        return get(name, String.class);
    }

    /** The text, or null if the field is missing or null. */
    String textOrNull(String name) {
        return object.get(name) == null ? null : text(name);
    }

    long number(String name) {
        Number number = get(name, Number.class);
        if (number instanceof Long || number instanceof Integer) {
            return number.longValue();
        }
        throw wrong(name, "is no 64-bit integer");
    }

    /** For what earlier layouts did not have. */
    int integerOrZero(String name) {
        return object.containsKey(name) ? integer(name) : 0;
    }

    int integer(String name) {
        long number = number(name);
        if (number != (int) number) {
            throw wrong(name, "is no 32-bit integer");
        }
        return (int) number;
    }

    boolean flag(String name) {
        return get(name, Boolean.class);
    }

    Instant instant(String name) {
        try {
            return Instant.parse(text(name));
        } catch (DateTimeParseException e) {
            throw wrong(name, "is no ISO 8601 instant");
        }
    }

    <E extends Enum<E>> E constant(String name, Class<E> type) {
        try {
            return Enum.valueOf(type, text(name));
        } catch (IllegalArgumentException e) {
            throw wrong(name, "is no " + type.getSimpleName());
        }
    }

    Fields fields(String name) {
        return of(get(name, Map.class), "field " + name);
    }

    /** The object, converted, or null if the field is missing or null. */
    <T> T fieldsOrNull(String name, Function<Fields, T> convert) {
        return object.get(name) == null ? null : convert.apply(fields(name));
    }

    /** The elements of an array, each converted. */
    <T> List<T> list(String name, Function<Object, T> convert) {
        List<T> result = new ArrayList<>();
        for (Object element : get(name, List.class)) {
            result.add(convert.apply(element));
        }
        return result;
    }

    /** The elements of an array, or null if the field is missing or null. */
    <T> List<T> listOrNull(String name, Function<Object, T> convert) {
        return object.get(name) == null ? null : list(name, convert);
    }

    List<String> texts(String name) {
        return list(name, element -> {
            if (element instanceof String text) {
                return text;
            }
            throw wrong(name, "holds something that is no string");
        });
    }

    private <T> T get(String name, Class<T> type) {
        Object value = object.get(name);
        if (type.isInstance(value)) {
            return type.cast(value);
        }
        throw wrong(name, value == null ? "is missing" : "is no " + type.getSimpleName());
    }

    private static IllegalArgumentException wrong(String name, String what) {
        return new IllegalArgumentException("field " + name + " " + what);
    }
}
