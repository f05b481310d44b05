package org.froggr.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.junit.jupiter.api.Test;

class StatTest {
    @Test
    void typesAreTold() throws ErrnoException {
        try (Scratch scratch = new Scratch()) {
            int dir = scratch.dir();
            scratch.file("f", "four");
            Fifo.make(dir, BytePath.of("p"));
            At.symlink(BytePath.of("f"), dir, BytePath.of("l"));
            Fd.close(UnixSocket.listen(dir, BytePath.of("s"), 1));
            Stat file = Stat.at(dir, BytePath.of("f"), false);
            assertTrue(file.isRegular());
            assertEquals(4, file.size());
            assertEquals(0600, file.permissions());
            assertEquals(Ids.euid(), file.uid());
            assertTrue(Stat.of(dir).isDirectory());
            assertTrue(Stat.at(dir, BytePath.of("p"), false).isFifo());
            assertTrue(Stat.at(dir, BytePath.of("l"), false).isSymlink());
            assertTrue(Stat.at(dir, BytePath.of("l"), true).sameFile(file));
            assertTrue(Stat.at(dir, BytePath.of("s"), false).isSocket());
        }
    }

    @Test
    void aMountIsTheOneOfMountinfo() throws ErrnoException {
        Stat proc = Stat.at(Fd.AT_FDCWD, BytePath.of("/proc"), true);
        assertTrue(proc.isMountRoot());
        assertFalse(Stat.at(Fd.AT_FDCWD, BytePath.of("/proc/self"), true).isMountRoot());
        MountInfo.Entry entry = MountInfo.read(MountInfo.THREAD_SELF).stream()
                .filter(e -> e.id() == proc.mountId())
                .findFirst()
                .orElseThrow();
        assertEquals(BytePath.of("/proc"), entry.mountPoint());
        assertEquals(proc.device(), entry.device());
    }

    @Test
    void uniqueMountIdsAreOfAnotherRange() throws ErrnoException {
        try (OwnedFd proc = OwnedFd.of(Fd.open(BytePath.of("/proc"), Fd.O_PATH, 0))) {
            long unique = Stat.uniqueMountId(proc.number());
            assertEquals(Kernel.atLeast(6, 8), unique != 0);
            assertNotEquals(unique, Stat.of(proc.number()).mountId());
        }
    }

    @Test
    void aRemovedFileHasNoLinks() throws ErrnoException {
        try (Scratch scratch = new Scratch();
                OwnedFd fd = OwnedFd.of(Fd.open(scratch.file("f", ""), Fd.O_PATH, 0))) {
            assertEquals(1, Stat.of(fd.number()).links());
            At.unlink(scratch.dir(), BytePath.of("f"));
            assertEquals(0, Stat.of(fd.number()).links());
        }
    }
}
