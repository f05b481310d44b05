package org.froggr.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShellWordTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {"/etc/fstab,/etc/fstab", "a b,'a b'", "it's,'it'\\''s'", "$x,'$x'", "\"\",''"})
    void quotesWhatAShellWouldTakeApart(String word, String expected) {
        assertEquals(expected, ShellWord.quote(word));
    }

    @Test
    void controlCharactersAndBadBytesFitOnOneLine() {
        assertEquals("$'a\\nb\\tc\\033'", ShellWord.quote("a\nb\tc\033"));
        assertEquals("$'\\377'", ShellWord.quote(new byte[] {(byte) 0xff}));
    }

    @Test
    void nothingQuotedHoldsALineBreakOrABadByte() {
        RandomBytes.forEach(5_000, b -> {
            String quoted = ShellWord.quote(b);
            assertFalse(quoted.codePoints().anyMatch(Character::isISOControl), quoted);
            assertFalse(quoted.codePoints().anyMatch(c -> c <= 0xffff && ByteText.isEscape((char) c)), quoted);
        });
    }

    /** All words go to one bash, which has had {@code $'…'} long before POSIX. */
    @Test
    void aShellReadsTheSameBytesBack() throws Exception {
        assumeTrue(new File("/bin/bash").canExecute(), "bash is not installed");
        long seed = Long.getLong("froggr.seed", System.nanoTime());
        List<byte[]> words = RandomBytes.of(seed, 2_000).toList();
        ByteArrayOutputStream script = new ByteArrayOutputStream();
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        for (byte[] word : words) {
            script.writeBytes(ByteText.encode("printf '%s\\0' " + ShellWord.quote(word) + "\n"));
            expected.writeBytes(word);
            expected.write(0);
        }
        assertArrayEquals(expected.toByteArray(), bash(script.toByteArray()), () -> "seed " + seed);
    }

    private static byte[] bash(byte[] script) throws IOException, InterruptedException {
        File file = File.createTempFile("froggr-words", ".sh");
        try {
            Files.write(file.toPath(), script);
            Process bash = new ProcessBuilder("/bin/bash", "--norc", file.getPath())
                    .redirectErrorStream(true)
                    .start();
            byte[] out = bash.getInputStream().readAllBytes();
            assertEquals(0, bash.waitFor());
            return out;
        } finally {
            Files.delete(file.toPath());
        }
    }
}
