package org.froggr.session.internal.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.froggr.api.ErrnoException;
import org.froggr.api.session.HistoryEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HistoryLogTest {
    private static final Instant AT = Instant.parse("2030-01-02T03:04:05Z");

    private final UUID id = UUID.randomUUID();
    private TestHome home;
    private SessionDirectory directory;
    private Path file;

    @BeforeEach
    void makeDirectory() throws Exception {
        home = new TestHome();
        directory = home.store().create(id);
        file = home.path(id).resolve("log.jsonl");
    }

    @AfterEach
    void removeHome() throws Exception {
        home.close();
    }

    private static void append(HistoryLog log, String operation) throws ErrnoException {
        log.append(AT, operation, List.of(), "ok", Duration.ZERO);
    }

    private static List<String> operations(HistoryLog log, int most) throws ErrnoException {
        return log.tail(most).stream().map(HistoryEntry::operation).toList();
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(Integer::toString).toList();
    }

    @Test
    void anEntryComesBack() throws Exception {
        HistoryLog log = directory.history(10);
        assertEquals(List.of(), log.tail(10));
        List<String> arguments = List.of("-r", "/a \udcff\n", "", "\u00e9\ud83d\udc38");
        log.append(AT, "bind", arguments, "BUSY: held", Duration.ofNanos(1_234_999));
        HistoryEntry entry = log.tail(10).get(0);
        assertEquals(AT, entry.at());
        assertEquals("bind", entry.operation());
        assertEquals(arguments, entry.arguments());
        assertEquals("BUSY: held", entry.result());
        assertEquals(Duration.ofNanos(1_234_000), entry.duration());
        assertSame(log, directory.history(10));
    }

    @Test
    void keepsTheNewestAndNeverMoreThanTwiceTheBound() throws Exception {
        int bound = 7;
        for (int i = 0; i < 50; i++) {
            append(directory.history(bound), Integer.toString(i));
            int first = Math.max(0, i + 1 - bound);
            assertEquals(numbers(first, i + 1), operations(directory.history(bound), Integer.MAX_VALUE));
            assertTrue(lines(file) <= bound && lines(home.path(id).resolve("log.jsonl.1")) <= bound);
        }
        assertEquals(List.of("48", "49"), operations(directory.history(bound), 2));
        assertEquals(List.of(), operations(directory.history(bound), 0));
    }

    private static long lines(Path path) throws Exception {
        return Files.exists(path) ? Files.readAllLines(path).size() : 0;
    }

    @Test
    void aSuccessorGoesOnCounting() throws Exception {
        for (int i = 0; i < 20; i++) {
            append(home.store().open(id).history(4), Integer.toString(i));
        }
        assertEquals(4, lines(file));
        assertEquals(numbers(16, 20), operations(directory.history(4), 9));
    }

    @Test
    void aTornLastLineHarmsNoOther() throws Exception {
        append(directory.history(10), "whole");
        byte[] line = Files.readAllBytes(file);
        for (int length = 1; length < line.length - 1; length++) {
            Files.write(file, line);
            Files.write(file, Arrays.copyOf(line, length), StandardOpenOption.APPEND);
            HistoryLog successor = home.store().open(id).history(10);
            assertEquals(List.of("whole"), operations(successor, 10));
            append(successor, "next");
            assertEquals(List.of("whole", "next"), operations(successor, 10));
        }
    }

    @Test
    void garbageIsSkipped() throws Exception {
        append(directory.history(10), "first");
        byte[] garbage = {0, (byte) 0xff, '\n', '{', '}', '\n', '\n', '1', '\n'};
        Files.write(file, garbage, StandardOpenOption.APPEND);
        append(directory.history(10), "second");
        assertEquals(List.of("first", "second"), operations(directory.history(10), 10));
    }

    @Test
    void endlessArgumentsAreElided() throws Exception {
        HistoryLog log = directory.history(10);
        log.append(AT, "bind", List.of("a", "x".repeat(1 << 20), "b"), "y".repeat(1 << 20), Duration.ZERO);
        assertTrue(Files.size(file) < 3 * HistoryLine.MOST_CHARS);
        assertTrue(log.tail(1).get(0).arguments().get(1).endsWith("x…"));
    }

    @Test
    void manyThreadsMayWrite() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callable<Void> write = () -> {
                for (int i = 0; i < 100; i++) {
                    append(directory.history(1000), "x");
                }
                return null;
            };
            for (var done : threads.invokeAll(List.of(write, write, write, write))) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertEquals(400, directory.history(1000).tail(1000).size());
    }
}
