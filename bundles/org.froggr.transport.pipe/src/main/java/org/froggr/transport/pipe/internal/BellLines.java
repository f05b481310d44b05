package org.froggr.transport.pipe.internal;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;

/** Cuts what comes out of the control pipe into lines; garbage costs its own line only. */
final class BellLines {
    private static final int MAX_BYTES = 128;

    private final byte[] line = new byte[MAX_BYTES];
    private int length;

    /**
     * Takes what was read.
     *
     * @param rejected is told the length of each line that is none
     */
    void take(byte[] bytes, int count, Consumer<BellLine> rung, Consumer<Integer> rejected) {
        for (int i = 0; i < count; i++) {
            if (bytes[i] == '\n') {
                end(rung, rejected);
            } else {
                if (length < MAX_BYTES) {
                    line[length] = bytes[i];
                }
                // Goes on counting: what is too long must not look like a short line.
                length = Math.min(length + 1, Integer.MAX_VALUE - 1);
            }
        }
    }

    private void end(Consumer<BellLine> rung, Consumer<Integer> rejected) {
        int ended = length;
        length = 0;
        if (ended == 0) {
            return;
        }
        Optional<BellLine> parsed = ended > MAX_BYTES
                ? Optional.empty()
                : BellLine.parse(new String(line, 0, ended, StandardCharsets.ISO_8859_1));
        parsed.ifPresentOrElse(rung, () -> rejected.accept(ended));
    }
}
