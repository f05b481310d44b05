package org.froggr.linux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.froggr.api.BytePath;
import org.froggr.api.ByteText;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.junit.jupiter.api.Test;

class InotifyTest {
    private static final int MASK = Inotify.CREATE | Inotify.DELETE | Inotify.DELETE_SELF | Inotify.ONLYDIR;

    @Test
    void tellsWhatHappensInADirectory() throws ErrnoException {
        try (Scratch scratch = new Scratch();
                Inotify inotify = Inotify.open()) {
            scratch.directory("d");
            try (OwnedFd d = OwnedFd.of(Fd.open(scratch.path("d"), Fd.O_PATH | Fd.O_DIRECTORY, 0))) {
                int watch = inotify.watch(d.number(), MASK);
                assertTrue(watch > 0);
                assertEquals(watch, inotify.watch(d.number(), MASK));
                assertFalse(inotify.read());
                At.mkfifo(d.number(), BytePath.of("f\udcff"), 0600);
                At.unlink(d.number(), BytePath.of("f\udcff"));
                expect(inotify, watch, Inotify.CREATE, "f\udcff");
                expect(inotify, watch, Inotify.DELETE, "f\udcff");
                assertFalse(inotify.next());
                At.rmdir(scratch.dir(), BytePath.of("d"));
            }
            while (inotify.read()) {
                while (inotify.next()) {
                    assertEquals(0, inotify.name().length);
                }
            }
        }
    }

    private static void expect(Inotify inotify, int watch, int mask, String name) throws ErrnoException {
        assertTrue(inotify.next() || (inotify.read() && inotify.next()));
        assertEquals(watch, inotify.watch());
        assertEquals(mask, inotify.mask());
        assertArrayEquals(ByteText.encode(name), inotify.name());
    }

    @Test
    void onlyDirectoriesIfAsked() throws ErrnoException {
        try (Scratch scratch = new Scratch();
                Inotify inotify = Inotify.open();
                OwnedFd file = OwnedFd.of(Fd.open(scratch.file("a", ""), Fd.O_PATH, 0))) {
            assertEquals(-Errno.ENOTDIR.number(), inotify.watch(file.number(), MASK));
            assertEquals(-Errno.EINVAL.number(), inotify.unwatch(4711));
        }
    }
}
