package org.froggr.namespace.internal;

import static org.froggr.namespace.internal.TestUnion.tree;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.froggr.spi.tree.TreeUser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a loss of power left of the files of a union: up to any byte, and zeros from there on. */
class TornRecordsTest {
    private static final List<String> PATHS = List.of("", "a", "b", "d", "d/e", "d/f", "x", "x/y");

    private Restart restart;

    @BeforeEach
    void begin() throws Exception {
        restart = new Restart(false);
    }

    @AfterEach
    void close() throws Exception {
        restart.close();
    }

    private static int lastByte(byte[] bytes) {
        int length = bytes.length;
        while (bytes[length - 1] == 0) {
            length--;
        }
        return length;
    }

    /** A change that was under way is known as a whole, or it is said that it is not known. */
    @Test
    void aChangeIsKnownAsAWholeOrSaidToBeLost() throws Exception {
        Path file = restart.file(Intents.FILE);
        Intent intent = new Intent(
                Intent.Kind.REMOVE, 7, List.of(), TreeUser.name("name"), List.of(), null, null, List.of());
        List<byte[]> during = new ArrayList<>();
        try (Intents intents = Intents.open(restart.directory(), restart.said::add)) {
            intents.perform(() -> intent, () -> during.add(read(file)));
        }
        byte[] whole = during.get(0);
        for (int length = 1; length <= whole.length; length = length < lastByte(whole) ? length + 1 : length * 2) {
            Files.write(file, Arrays.copyOf(whole, length));
            restart.said.clear();
            try (Intents intents = Intents.open(restart.directory(), restart.said::add)) {
                int known = intents.left().size();
                assertEquals(length < lastByte(whole) ? 0 : 1, known, "of " + length + " bytes");
                assertEquals(1, known + restart.said.size(), "of " + length + " bytes: " + restart.said);
            }
            if (length < lastByte(whole)) {
                restart.said.clear();
                Intents.open(restart.directory(), restart.said::add).close();
                assertEquals(List.of(), restart.said, "it is said once");
            }
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** No two files have the same number, and each keeps its own, whatever is left of what numbers depend on. */
    @Test
    void noTwoFilesHaveOneNumber() throws Exception {
        restart.with(tree("a=", "d/", "d/e=", "x/"), tree("b=", "d/", "d/f="), tree("d/", "y/"));
        restart.start();
        restart.user().rename("y", "x/y");
        restart.user().forgetAll();
        restart.start(2, 1, 0);
        numbers();
        byte[] whole = Files.readAllBytes(restart.file(KeptNumbers.FILE));
        for (int length = 0; length <= lastByte(whole); length++) {
            Files.write(restart.file(KeptNumbers.FILE), Arrays.copyOf(whole, length));
            restart.said.clear();
            restart.start(1, 2, 0);
            List<Long> numbers = numbers();
            assertEquals(new HashSet<>(numbers).size(), numbers.size(), "of " + length + " bytes: " + numbers);
            assertEquals(numbers, numbers(), "of " + length + " bytes");
            restart.user().forgetAll();
            boolean isUnusable = length > 0 && length < Long.BYTES;
            assertEquals(isUnusable ? 1 : 0, restart.said.size(), "of " + length + " bytes: " + restart.said);
            assertTrue(!isUnusable || restart.said.get(0).startsWith(KeptNumbers.FILE));
        }
    }

    private List<Long> numbers() throws Exception {
        List<Long> numbers = new ArrayList<>();
        TreeUser user = restart.user();
        for (String path : PATHS) {
            numbers.add(user.stat(path).inode);
        }
        return numbers;
    }
}
