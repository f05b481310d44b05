package org.froggr.session.internal.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON (RFC 8259) as plain maps, lists, strings, numbers, booleans and null. Output is ASCII on one
 * line, so that the lone surrogates of {@link org.froggr.api.ByteText} survive any channel.
 *
 * <p>Jackson's streaming core alone is used: its data binding would cost more to load than all of the
 * files take to read.
 */
public final class Json {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .disable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .build();

    private Json() {}

    /**
     * Reads one document.
     *
     * @return a Map, List, String, Integer, Long, BigInteger, BigDecimal, Boolean, or null
     * @throws IOException if it is not exactly one JSON document; the message tells where
     */
    public static Object parse(String text) throws IOException {
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() == null) {
                throw new IOException("no JSON at all");
            }
            Object value = read(parser);
            if (parser.nextToken() != null) {
                throw new IOException("something follows the JSON document");
            }
            return value;
        }
    }

    private static Object read(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> readObject(parser);
            case START_ARRAY -> readArray(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> parser.getNumberValue();
            case VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NULL -> null;
            default -> throw new IOException("unexpected " + token);
        };
    }

    private static Map<String, Object> readObject(JsonParser parser) throws IOException {
        Map<String, Object> object = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            object.put(name, read(parser));
        }
        return object;
    }

    private static List<Object> readArray(JsonParser parser) throws IOException {
        List<Object> array = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(read(parser));
        }
        return array;
    }

    /** Writes a value as one line without a newline; objects of other classes as their text. */
    public static String write(Object value) {
        StringWriter out = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(out)) {
            write(value, generator);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }

    private static void write(Object value, JsonGenerator out) throws IOException {
        if (value == null) {
            out.writeNull();
        } else if (value instanceof Map<?, ?> object) {
            out.writeStartObject();
            for (Map.Entry<?, ?> field : object.entrySet()) {
                out.writeFieldName(field.getKey().toString());
                write(field.getValue(), out);
            }
            out.writeEndObject();
        } else if (value instanceof Iterable<?> array) {
            out.writeStartArray();
            for (Object element : array) {
                write(element, out);
            }
            out.writeEndArray();
        } else {
            writeScalar(value, out);
        }
    }

    private static void writeScalar(Object value, JsonGenerator out) throws IOException {
        if (value instanceof Boolean truth) {
            out.writeBoolean(truth);
        } else if (value instanceof BigDecimal || value instanceof Double || value instanceof Float) {
            out.writeNumber(value.toString());
        } else if (value instanceof BigInteger big) {
            out.writeNumber(big);
        } else if (value instanceof Number number) {
            out.writeNumber(number.longValue());
        } else {
            out.writeString(value.toString());
        }
    }
}
