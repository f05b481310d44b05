package org.froggr.shell.internal.render;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TextTest {
    @Test
    void jsonIsAsciiAndKeepsLoneSurrogates() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("a", Arrays.asList(1, 2.5, true, null, "x\"\n"));
        map.put("b\u00fc", "\udcff\ud83d\udc38");
        map.put("c", new Object[] {new BigInteger("12345678901234567890"), 'c'});
        assertEquals(
                "{\"a\":[1,2.5,true,null,\"x\\\"\\n\"],\"b\\u00FC\":\"\\uDCFF\\uD83D\\uDC38\","
                        + "\"c\":[12345678901234567890,\"c\"]}",
                Json.write(map));
    }

    @Test
    void wordsThatCouldMislead() {
        assertEquals("/plain/\u00fc\u4e2d", Visible.word("/plain/\u00fc\u4e2d"));
        assertEquals("'a b'", Visible.word("a b"));
        assertEquals("''", Visible.word(""));
        assertEquals("$'a\\033b'", Visible.word("a\033b"));
        assertEquals("$'\\377'", Visible.word("\udcff"));
        assertEquals("a b", Visible.line("a b"));
        assertEquals("two\nlines \\007", Visible.text("two\nlines \007"));
    }

    @Test
    void quantities() {
        assertEquals("0 B", Quantity.bytes(0));
        assertEquals("1023 B", Quantity.bytes(1023));
        assertEquals("1.5 KiB", Quantity.bytes(1536));
        assertEquals("2.0 GiB", Quantity.bytes(2L << 30));
        assertEquals("0s", Quantity.age(Duration.ofSeconds(-5)));
        assertEquals("59s", Quantity.age(Duration.ofSeconds(59)));
        assertEquals("59m", Quantity.age(Duration.ofSeconds(3599)));
        assertEquals("23h", Quantity.age(Duration.ofHours(23)));
        assertEquals("400d", Quantity.age(Duration.ofDays(400)));
        assertEquals("0.5 ms", Quantity.took(Duration.ofNanos(500_000)));
        assertEquals("2.5 s", Quantity.took(Duration.ofMillis(2500)));
    }

    @Test
    void shortIdsStayUnique() {
        UUID a = UUID.fromString("12345678-1111-4000-8000-000000000000");
        UUID b = UUID.fromString("12345678-1211-4000-8000-000000000000");
        UUID c = UUID.fromString("92345678-1111-4000-8000-000000000000");
        assertEquals("12345678", ShortIds.of(List.of(a, c)).shorten(a));
        assertEquals("12345678-12", ShortIds.of(List.of(a, b, c)).shorten(b));
    }
}
