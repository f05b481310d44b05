package org.froggr.api;

import static org.junit.jupiter.api.Assertions.assertAll;

import java.io.ByteArrayOutputStream;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Byte strings without NUL, half of them mixed from valid UTF-8 and what breaks it. A failure names
 * the seed; {@code -Dfroggr.seed=N} repeats that run.
 */
final class RandomBytes {
    private static final byte[][] PIECES = {
        {'a'}, {' '}, {'\n'}, {'\''}, {'\\'}, {'"'}, {'$'}, {'0'}, {'/'}, {0x7f}, {0x1b},
        {(byte) 0xc3, (byte) 0xa9}, // e with acute accent
        {(byte) 0xe2, (byte) 0x82, (byte) 0xac}, // euro sign
        {(byte) 0xf0, (byte) 0x9f, (byte) 0x92, (byte) 0x80}, // U+1F480, whose low surrogate is DC80
        {(byte) 0xc2, (byte) 0x85}, // a control character, NEL
        {(byte) 0xed, (byte) 0xb2, (byte) 0x80}, // an encoded surrogate, which is not valid
        {(byte) 0xc0, (byte) 0x80}, // overlong
        {(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80}, // beyond U+10FFFF
        {(byte) 0xe2, (byte) 0x82}, {(byte) 0xf0}, {(byte) 0x80}, {(byte) 0xff},
    };

    private RandomBytes() {}

    /** Checks a property of {@code count} byte strings. */
    static void forEach(int count, Consumer<byte[]> property) {
        long seed = Long.getLong("froggr.seed", System.nanoTime());
        assertAll("seed " + seed, () -> of(seed, count).forEach(property));
    }

    /** {@code count} byte strings, always the same for a seed. */
    static Stream<byte[]> of(long seed, int count) {
        Random random = new Random(seed);
        return Stream.generate(() -> random.nextBoolean() ? noise(random) : mixture(random)).limit(count);
    }

    private static byte[] noise(Random random) {
        byte[] bytes = new byte[random.nextInt(40)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (1 + random.nextInt(255));
        }
        return bytes;
    }

    private static byte[] mixture(Random random) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int n = random.nextInt(12); n > 0; n--) {
            out.writeBytes(PIECES[random.nextInt(PIECES.length)]);
        }
        return out.toByteArray();
    }
}
