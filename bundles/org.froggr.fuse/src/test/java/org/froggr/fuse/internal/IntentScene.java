package org.froggr.fuse.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.backend.local.internal.LocalOptions;
import org.froggr.backend.local.internal.LocalTree;
import org.froggr.linux.Fd;

/**
 * Processes that serve one directory one after the other, each of which may be killed in the middle of an operation:
 * what a killed one leaves is the directory, and its record as it was at that moment.
 */
final class IntentScene implements AutoCloseable {
    /** In place of a SIGKILL, for the thread that performs. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1;

        Killed(IntentStep step) {
            super(step.toString());
        }
    }

    /** The number of the request in question, as it is at first. */
    static final long UNIQUE = 100;

    static final long SENT_AGAIN = 1L << 63;

    private static final long OLD_NANOS = 25_000_000;

    final Path directory;
    private final Path records;
    private final Path left;
    private LocalTree tree;
    private IntentTable table;
    private Conversation now;

    IntentScene() throws IOException {
        directory = Files.createTempDirectory("froggr-intents-");
        records = Files.createTempDirectory("froggr-intents-");
        left = Files.createTempDirectory("froggr-intents-");
    }

    /** Lets what is there become older than the tick of the clock that files have their times from. */
    void age() {
        long end = System.nanoTime() + OLD_NANOS;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    /** A process that has nothing of another one. */
    Conversation first() throws ErrnoException {
        return begin(false);
    }

    /** The one that comes after it. */
    Conversation next() throws IOException {
        end();
        Files.copy(
                left.resolve(IntentTable.FILE),
                records.resolve(IntentTable.FILE),
                StandardCopyOption.REPLACE_EXISTING);
        return begin(true);
    }

    private Conversation begin(boolean isTakenOver) throws ErrnoException {
        int record = Fd.open(BytePath.of(records.toString()), Fd.O_RDONLY | Fd.O_DIRECTORY, 0);
        int root = Fd.open(BytePath.of(directory.toString()), Fd.O_PATH, 0);
        try {
            tree = LocalTree.open(root, LocalOptions.DEFAULT);
            table = IntentTable.open(record, isTakenOver);
            now = new Conversation(tree, Conversation.ALL_FLAGS & ~FuseWire.PASSTHROUGH, new Intents(table));
            return now;
        } finally {
            Fd.close(record);
            Fd.close(root);
        }
    }

    /** The process is killed when an operation comes to that step. */
    void killAt(IntentStep step) {
        Intents.witness = (at, request) -> {
            if (at == step && (request.unique() & ~SENT_AGAIN) == UNIQUE) {
                keepRecord();
                throw new Killed(at);
            }
        };
    }

    private void keepRecord() {
        try {
            Files.copy(
                    records.resolve(IntentTable.FILE),
                    left.resolve(IntentTable.FILE),
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void live() {
        Intents.witness = null;
    }

    /** Slots that are in use. */
    int taken() {
        return table.taken();
    }

    /** Names in the directory, sorted. */
    List<String> names() throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    private void end() throws ErrnoException {
        live();
        if (now != null) {
            now.close();
            tree.close();
            now = null;
        }
    }

    @Override
    public void close() throws IOException {
        end();
        for (Path each : List.of(directory, records, left)) {
            try (Stream<Path> all = Files.walk(each)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
