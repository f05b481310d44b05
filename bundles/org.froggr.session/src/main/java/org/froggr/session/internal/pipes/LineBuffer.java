package org.froggr.session.internal.pipes;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;

/**
 * Makes lines of the pieces that a pipe gives. A line longer than {@link #MOST_BYTES} is thrown away up
 * to its newline, and reported once. Holds memory only while a line is unfinished. Not thread-safe.
 */
final class LineBuffer {
    static final int MOST_BYTES = 64 * 1024;

    private final Consumer<byte[]> lines;
    private final Runnable tooLong;
    private ByteArrayOutputStream unfinished;
    private boolean skipping;

    /**
     * @param lines gets each line without its newline; empty ones are left out
     * @param tooLong called when a line begins to be thrown away
     */
    LineBuffer(Consumer<byte[]> lines, Runnable tooLong) {
        this.lines = lines;
        this.tooLong = tooLong;
    }

    void feed(byte[] bytes, int length) {
        int start = 0;
        for (int i = 0; i < length; i++) {
            if (bytes[i] == '\n') {
                keep(bytes, start, i);
                endLine();
                start = i + 1;
            }
        }
        keep(bytes, start, length);
    }

    private void keep(byte[] bytes, int start, int end) {
        if (skipping || start == end) {
            return;
        }
        if (unfinished == null) {
            unfinished = new ByteArrayOutputStream(end - start);
        }
        if (unfinished.size() + end - start > MOST_BYTES) {
            unfinished = null;
            skipping = true;
            tooLong.run();
        } else {
            unfinished.write(bytes, start, end - start);
        }
    }

    private void endLine() {
        skipping = false;
        if (unfinished != null) {
            byte[] line = unfinished.toByteArray();
            unfinished = null;
            lines.accept(line);
        }
    }
}
