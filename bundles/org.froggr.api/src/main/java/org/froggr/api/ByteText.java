package org.froggr.api;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Carries arbitrary bytes through Java strings without loss: UTF-8 is decoded as usual, and each
 * byte {@code b} that is no part of valid UTF-8 becomes the lone surrogate {@code U+DC00 + b}, which
 * valid text never contains. The scheme is that of Python's PEP 383 ("surrogateescape").
 *
 * <p>Everything that Froggr reads from a command line, the kernel or a file name is decoded by
 * {@link #decode}, and everything it writes is encoded by {@link #encode}.
 */
public final class ByteText {
    private static final char ESCAPE = '\uDC00';

    private ByteText() {}

    /** Decodes bytes; {@code encode(decode(b))} equals {@code b} for every {@code b}. */
    public static String decode(byte[] bytes) {
        for (byte b : bytes) {
            if (b < 0) {
                return decodeSlowly(bytes);
            }
        }
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static String decodeSlowly(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        while (true) {
            CoderResult result = decoder.decode(in, out, true);
            if (result.isUnderflow()) {
                return out.flip().toString();
            }
            // One byte at a time: what follows a bad byte may well be valid.
            out.put((char) (ESCAPE + (in.get() & 0xff)));
            decoder.reset();
        }
    }

    /**
     * Encodes a string that {@link #decode} made, or any ordinary string.
     *
     * @throws IllegalArgumentException if the string holds a lone surrogate that stands for no byte
     */
    public static byte[] encode(String text) {
        CharBuffer in = CharBuffer.wrap(text);
        ByteBuffer out = ByteBuffer.allocate(text.length() * 3);
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (isEscape(c)) {
                putUtf8(in, start, i, out);
                out.put((byte) (c - ESCAPE));
                start = i + 1;
            }
        }
        putUtf8(in, start, text.length(), out);
        return Arrays.copyOf(out.array(), out.position());
    }

    private static void putUtf8(CharBuffer text, int start, int end, ByteBuffer out) {
        if (start == end) {
            return;
        }
        try {
            out.put(StandardCharsets.UTF_8.newEncoder().encode(text.subSequence(start, end)));
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("a lone surrogate that stands for no byte", e);
        }
    }

    /** Whether this char stands for a byte that is not valid UTF-8. */
    public static boolean isEscape(char c) {
        return c >= ESCAPE + 0x80 && c <= ESCAPE + 0xff;
    }
}
