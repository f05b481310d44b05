package org.froggr.session.internal.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.froggr.api.session.HistoryEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files of a session that a loss of power left in part: up to any byte, and with zeros from there on. */
class TornFilesTest {
    private static final Instant AT = Instant.parse("2030-01-02T03:04:05Z");
    private static final List<String> NAMESPACE =
            List.of("mount -o ro /a/b /t\n", "bind -a '/x y' /t\n", "bind -b /zz /t/\udcff\n");

    private final UUID id = UUID.randomUUID();
    private final RecordingLogger log = new RecordingLogger();
    private TestHome home;
    private SessionStore store;
    private SessionDirectory directory;

    @BeforeEach
    void makeDirectory() throws Exception {
        home = new TestHome();
        store = new SessionStore(home.home(), log.logger());
        directory = store.create(id);
    }

    @AfterEach
    void removeHome() throws Exception {
        home.close();
    }

    @FunctionalInterface
    private interface Check {
        /** @param more how much beyond that length is zero */
        void at(int length, int more) throws Exception;
    }

    private static void tear(Path file, Check check) throws Exception {
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            Files.write(file, part);
            check.at(length, 0);
            Files.write(file, Arrays.copyOf(part, whole.length));
            check.at(length, whole.length - length);
        }
    }

    /** Half of a line may be a line that mounts something else. */
    @Test
    void ofTheNamespaceWholeLinesAreLeft() throws Exception {
        directory.saveNamespace(String.join("", NAMESPACE));
        assertEquals(new SavedNamespace(String.join("", NAMESPACE), true), directory.loadNamespace().get());
        tear(home.path(id).resolve("ns"), (length, more) -> {
            log.lines().clear();
            SavedNamespace found = directory.loadNamespace().get();
            assertFalse(found.whole(), "of " + length + " bytes");
            assertTrue(log.lines().get(0).contains("was cut off"), "that is said");
            List<String> expected = new ArrayList<>();
            int bytes = 0;
            for (String line : NAMESPACE) {
                bytes += line.length();
                if (bytes <= length) {
                    expected.add(line);
                }
            }
            assertEquals(String.join("", expected), found.text(), "of " + length + " bytes");
            assertEquals(expected.size(), NamespaceText.parse(found.text()).size());
        });
    }

    @Test
    void ofTheHistoryWholeLinesAreLeftAndMoreCanFollow() throws Exception {
        directory.history(10).append(AT, "first", List.of("/a"), "ok", Duration.ZERO);
        directory.history(10).append(AT, "second", List.of("/b"), "ok", Duration.ZERO);
        Path file = home.path(id).resolve("log.jsonl");
        String text = Files.readString(file, StandardCharsets.US_ASCII);
        int firstEnds = text.indexOf('\n');
        tear(file, (length, more) -> {
            // A line without its newline is whole as well
            int read = more == 0 ? length + 1 : length;
            List<String> expected = new ArrayList<>();
            if (read > firstEnds) {
                expected.add("first");
            }
            if (read == text.length()) {
                expected.add("second");
            }
            SessionDirectory later = store.open(id);
            assertEquals(expected, operations(later), "of " + length + " bytes");
            later.history(10).append(AT, "third", List.of(), "ok", Duration.ZERO);
            expected.add("third");
            assertEquals(expected, operations(later), "of " + length + " bytes");
        });
    }

    private static List<String> operations(SessionDirectory of) throws Exception {
        return of.history(10).tail(10).stream().map(HistoryEntry::operation).toList();
    }
}
