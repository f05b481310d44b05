package org.froggr.namespace.internal;

import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.zip.CRC32;
import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.linux.At;
import org.froggr.linux.SharedFile;
import org.froggr.spi.presentation.Unions.UnionLog;

/**
 * The changes of several steps that are under way, in a file that the next process finds: places of {@link #PLACE}
 * bytes, each for one change. There is no file until there was such a change.
 *
 * <pre>
 * bytes 0-3   length, written last and taken away first; 0 for a free place
 * bytes 4-11  checksum
 * bytes 12-   {@link Intent#bytes}
 * </pre>
 */
final class Intents implements AutoCloseable {
    static final String FILE = "union-intent";

    static final int PLACE = 32768;

    private static final int NOWHERE = -1;
    private static final int MOST_PLACES = 256;
    private static final int CHECK = 4;
    private static final int CONTENT = 12;

    /** One that is under way, or was when the last process died. */
    final class Begun {
        final Intent intent;
        private final int place;

        private Begun(Intent intent, int place) {
            this.intent = intent;
            this.place = place;
        }

        /** It is done, or undone. */
        void end() {
            Intents.this.end(place);
        }
    }

    private final UnionLog log;
    private final Deque<Integer> free = new ArrayDeque<>();
    private final List<Begun> left = new ArrayList<>();
    private final Begun unnoted = new Begun(null, -1);
    private int directory = NOWHERE;
    private SharedFile file;

    private Intents(UnionLog log) {
        this.log = log;
    }

    /** Finds what another process left in this directory, which stays open until the end; with -1 nothing is noted. */
    static Intents open(int directory, UnionLog log) {
        Intents intents = new Intents(log);
        if (directory >= 0) {
            try {
                intents.directory = directory;
                if (At.exists(directory, BytePath.of(FILE))) {
                    intents.load();
                }
            } catch (ErrnoException e) {
                intents.giveUp(e);
            }
        }
        return intents;
    }

    private void giveUp(ErrnoException e) {
        log.say(FILE + ": changes of several directories at once cannot be noted, and would stay half done if the"
                + " platform was killed: " + e.getMessage());
        close();
    }

    private void load() throws ErrnoException {
        file = SharedFile.open(directory, FILE, PLACE);
        ByteBuffer memory = file.memory();
        for (int place = 0; place + PLACE <= memory.capacity(); place += PLACE) {
            int length = memory.getInt(place);
            if (length == 0) {
                free.add(place);
            } else {
                load(place, length);
            }
        }
    }

    private void load(int place, int length) {
        try {
            if (length < 0 || length > PLACE - CONTENT) {
                throw new IOException("length");
            }
            byte[] bytes = new byte[length];
            file.memory().get(place + CONTENT, bytes);
            if (file.memory().getLong(place + CHECK) != check(bytes)) {
                throw new IOException("checksum");
            }
            left.add(new Begun(Intent.parse(bytes), place));
        } catch (IOException e) {
            log.say(FILE + ": what a change was that was under way cannot be read; files may have a name too few or"
                    + " too many: " + e.getMessage());
            end(place);
        }
    }

    private static long check(byte[] bytes) {
        CRC32 check = new CRC32();
        check.update(bytes);
        return check.getValue();
    }

    /** What the last process left. Each is to be ended. */
    List<Begun> left() {
        return left;
    }

    /** Says what is about to be done. */
    @FunctionalInterface
    interface Change {
        Intent intent() throws ErrnoException;
    }

    /** Does it. What fails has been undone. */
    @FunctionalInterface
    interface Steps {
        void perform() throws ErrnoException;
    }

    /** Performs a change of several steps that is noted meanwhile. After an {@link Error} it stays so. */
    void perform(Change change, Steps steps) throws ErrnoException {
        Begun begun = begin(change);
        try {
            steps.perform();
        } catch (ErrnoException | RuntimeException e) {
            begun.end();
            throw e;
        }
        begun.end();
    }

    private Begun begin(Change change) throws ErrnoException {
        synchronized (this) {
            if (directory == NOWHERE) {
                return unnoted;
            }
        }
        Intent intent = change.intent();
        byte[] bytes = intent.bytes();
        int place = bytes.length > PLACE - CONTENT ? -1 : take();
        if (place < 0) {
            return unnoted;
        }
        ByteBuffer memory;
        synchronized (this) {
            memory = file == null ? null : file.memory();
        }
        if (memory == null) {
            return unnoted;
        }
        memory.putLong(place + CHECK, check(bytes));
        memory.put(place + CONTENT, bytes);
        VarHandle.releaseFence();
        memory.putInt(place, bytes.length);
        VarHandle.fullFence();
        return new Begun(intent, place);
    }

    /** A free place, or -1. */
    private synchronized int take() {
        if (directory == NOWHERE) {
            return -1;
        }
        try {
            if (file == null) {
                load();
            } else if (free.isEmpty() && file.memory().capacity() < MOST_PLACES * PLACE) {
                int before = file.memory().capacity() / PLACE * PLACE;
                file.grow(before + PLACE);
                free.add(before);
            }
        } catch (ErrnoException e) {
            giveUp(e);
        }
        return free.isEmpty() ? -1 : free.remove();
    }

    private synchronized void end(int place) {
        if (place >= 0 && file != null) {
            VarHandle.fullFence();
            file.memory().putInt(place, 0);
            free.add(place);
        }
    }

    /** From now on nothing is noted. */
    @Override
    public synchronized void close() {
        if (file != null) {
            file.close();
            file = null;
        }
        directory = NOWHERE;
        free.clear();
    }
}
