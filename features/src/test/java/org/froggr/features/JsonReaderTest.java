package org.froggr.features;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
    @Test
    void readsEveryKindOfValue() {
        assertEquals(
                Map.of("a", List.of(1L, -2.5, true, false, "x"), "b", Map.of(), "c", List.of()),
                JsonReader.read("{\"a\": [1, -2.5, true, false, \"x\"], \"b\": {}, \"c\":[]}"));
        assertNull(JsonReader.read(" null "));
    }

    @Test
    void readsEscapes() {
        assertEquals("\"\\/\b\f\n\r\tä€", JsonReader.read("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e4\\u20AC\""));
    }

    @Test
    void skipsComments() {
        assertEquals(List.of(1L, "//"), JsonReader.read("// one\n[1, /* two */ \"//\"] // end"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[1,", "[1 2]", "{\"a\" 1}", "{a:1}", "\"x", "\"\\q\"", "\"\\u12g4\"", "tru", "-", "1 2",
        "\"\n\""})
    void refusesWhatIsNotJson(String text) {
        assertThrows(IllegalArgumentException.class, () -> JsonReader.read(text));
    }

    @Test
    void namesTheLine() {
        Exception e = assertThrows(IllegalArgumentException.class, () -> JsonReader.read("{\n\"a\": 1,\n]"));
        assertTrue(e.getMessage().startsWith("line 3:"), e.getMessage());
    }
}
