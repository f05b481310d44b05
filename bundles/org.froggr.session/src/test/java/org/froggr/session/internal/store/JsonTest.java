package org.froggr.session.internal.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.froggr.api.ByteText;
import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void valuesComeBack() throws Exception {
        Object value = Map.of(
                "list", Arrays.asList(1, -5_000_000_000L, new BigInteger("9".repeat(30)), null, true, "x"),
                "number", new BigDecimal("1.10"));
        assertEquals(value, Json.parse(Json.write(value)));
    }

    @Test
    void everyByteOfATextComesBackInAscii() throws Exception {
        byte[] bytes = new byte[512];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 7);
        }
        String json = Json.write(List.of(ByteText.decode(bytes), "\u00e9\ud83d\udc38"));
        assertEquals(-1, json.chars().filter(c -> c < ' ' || c > 0x7f).findAny().orElse(-1));
        assertEquals(List.of(ByteText.decode(bytes), "\u00e9\ud83d\udc38"), Json.parse(json));
    }

    @Test
    void whatIsNotExactlyOneDocumentIsRefused() {
        for (String bad : List.of("", " ", "{", "[1", "1 2", "{\"a\":}", "nul", "'x'", "\0", "\"a\nb\"", "[1,]")) {
            assertThrows(IOException.class, () -> Json.parse(bad), bad);
        }
        assertThrows(IOException.class, () -> Json.parse("[".repeat(100_000)));
    }
}
