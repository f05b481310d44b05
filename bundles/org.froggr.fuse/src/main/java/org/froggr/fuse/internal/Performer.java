package org.froggr.fuse.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Who performs a request, as a number for the intent record: the process in the upper half, the thread in the lower
 * one, as /proc numbers them. 0 in place of what is not known.
 */
final class Performer {
    /** No process has that number. */
    static final long NOBODY = -1;

    private Performer() {}

    /** The calling thread. */
    static long current() {
        int thread;
        try {
            // PID/task/TID, proc(5)
            Path self = Files.readSymbolicLink(Path.of("/proc/thread-self"));
            thread = Integer.parseInt(self.getFileName().toString());
        } catch (IOException | NumberFormatException e) {
            thread = 0;
        }
        return ProcessHandle.current().pid() << Integer.SIZE | thread;
    }

    static int process(long performer) {
        return (int) (performer >> Integer.SIZE);
    }

    static int thread(long performer) {
        return (int) performer;
    }
}
