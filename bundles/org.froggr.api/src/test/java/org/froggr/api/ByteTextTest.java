package org.froggr.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ByteTextTest {
    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    @Test
    void everyByteStringSurvives() {
        RandomBytes.forEach(20_000, b -> assertArrayEquals(b, ByteText.encode(ByteText.decode(b))));
    }

    @Test
    void everySingleByteAndEveryPairSurvives() {
        for (int i = 0; i < 0x1_0000; i++) {
            byte[] pair = bytes(i >> 8, i);
            assertArrayEquals(pair, ByteText.encode(ByteText.decode(pair)), () -> "pair " + pair[0] + " " + pair[1]);
        }
    }

    @Test
    void validTextIsDecodedAsUtf8() {
        String text = "plain, \u00e9, \u20ac, \ud83d\udc80";
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        assertEquals(text, ByteText.decode(utf8));
        assertArrayEquals(utf8, ByteText.encode(text));
    }

    @Test
    void aBadByteBecomesALoneSurrogate() {
        assertEquals("a\udcffb", ByteText.decode(bytes('a', 0xff, 'b')));
    }

    @Test
    void whatFollowsABadByteIsDecoded() {
        assertEquals("\udce2\u00e9", ByteText.decode(bytes(0xe2, 0xc3, 0xa9)));
    }

    @Test
    void anEncodedSurrogateIsNotValid() {
        assertEquals("\udced\udcb2\udc80", ByteText.decode(bytes(0xed, 0xb2, 0x80)));
    }

    @Test
    void aSurrogateOfNoByteCannotBeEncoded() {
        assertThrows(IllegalArgumentException.class, () -> ByteText.encode("\ud800"));
        assertThrows(IllegalArgumentException.class, () -> ByteText.encode("\udc00"));
        assertThrows(IllegalArgumentException.class, () -> ByteText.encode("\udc7f"));
    }

    @Test
    void escapesAreToldFromOtherChars() {
        assertTrue(ByteText.isEscape('\udc80'));
        assertTrue(ByteText.isEscape('\udcff'));
        assertFalse(ByteText.isEscape('\udc7f'));
        assertFalse(ByteText.isEscape('\udd00'));
        assertFalse(ByteText.isEscape('a'));
    }

    @Test
    void emptyStaysEmpty() {
        assertEquals("", ByteText.decode(new byte[0]));
        assertEquals(0, ByteText.encode("").length);
    }
}
