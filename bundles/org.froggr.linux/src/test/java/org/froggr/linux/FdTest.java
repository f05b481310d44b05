package org.froggr.linux;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.froggr.linux.Errors.assertErrno;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FdTest {
    private static final int NEW_FILE = Fd.O_RDWR | Fd.O_CREAT | Fd.O_EXCL;

    private Scratch scratch;

    @BeforeEach
    void makeScratch() throws ErrnoException {
        scratch = new Scratch();
    }

    @AfterEach
    void removeScratch() throws ErrnoException {
        scratch.close();
    }

    @Test
    void anErrorNamesCallAndPath() {
        BytePath missing = scratch.path("not here");
        ErrnoException e = assertErrno(Errno.ENOENT, () -> Fd.open(missing, Fd.O_RDONLY, 0));
        assertEquals("openat", e.operation());
        assertEquals(missing, e.path());
    }

    @Test
    void readsAndWritesPartsOfABuffer() throws ErrnoException {
        int fd = Fd.openat(scratch.dir(), BytePath.of("f"), NEW_FILE, 0600);
        assertEquals(3, Fd.write(fd, "xxabcxx".getBytes(UTF_8), 2, 3));
        assertEquals(2, Fd.pwrite(fd, "-BC-".getBytes(UTF_8), 1, 2, 1));
        Fd.fsync(fd);
        assertEquals(0, Fd.seek(fd, 0, Fd.SEEK_SET));
        byte[] buffer = "........".getBytes(UTF_8);
        assertEquals(3, Fd.read(fd, buffer, 2, 5));
        assertEquals("..aBC...", new String(buffer, UTF_8));
        assertEquals(0, Fd.read(fd, buffer, 0, 8), "end of file");
        Fd.ftruncate(fd, 1);
        assertEquals(1, Fd.seek(fd, 0, Fd.SEEK_END));
        Fd.close(fd);
        assertErrno(Errno.EBADF, () -> Fd.close(fd));
    }

    @Test
    void bigFilesSurviveWholeAndALimitIsKept() throws ErrnoException {
        byte[] content = new byte[1_000_003];
        new Random(1).nextBytes(content);
        try (OwnedFd file = OwnedFd.of(Fd.openat(scratch.dir(), BytePath.of("big"), NEW_FILE, 0600))) {
            Fd.writeFully(file.number(), content);
            Fd.seek(file.number(), 0, Fd.SEEK_SET);
            assertArrayEquals(content, Fd.readFully(file.number(), content.length));
            Fd.seek(file.number(), 0, Fd.SEEK_SET);
            assertErrno(Errno.EFBIG, () -> Fd.readFully(file.number(), content.length - 1));
        }
    }

    @Test
    void everyDescriptorIsCloseOnExec() throws ErrnoException {
        int file = Fd.openat(scratch.dir(), BytePath.of("f"), NEW_FILE, 0600);
        int inRoot = Fd.openInRoot(scratch.dir(), BytePath.of("/f"), Fd.O_RDONLY);
        int[] pipe = Fd.pipe();
        int copy = Fd.dup(file, 100);
        assertTrue(copy >= 100);
        for (int fd : new int[] {file, inRoot, pipe[0], pipe[1], copy}) {
            assertTrue((flagsInProc(fd) & Fd.O_CLOEXEC) != 0, "descriptor " + fd);
        }
        Fd.closeQuietly(file, inRoot, pipe[0], pipe[1], copy, -1);
    }

    private static int flagsInProc(int fd) throws ErrnoException {
        byte[] info = Processes.readFile(BytePath.of("/proc/self/fdinfo/" + fd), 10_000);
        String flags = new String(info, UTF_8).lines().filter(l -> l.startsWith("flags:")).findFirst().orElseThrow();
        return Integer.parseInt(flags.substring("flags:".length()).strip(), 8);
    }

    @Test
    void theFlagsAreThoseOfThisArchitecture() throws ErrnoException {
        At.symlink(BytePath.of("d"), scratch.dir(), BytePath.of("link"));
        scratch.directory("d");
        scratch.file("f", "");
        assertErrno(Errno.ENOTDIR, () -> Fd.open(scratch.path("f"), Fd.O_RDONLY | Fd.O_DIRECTORY, 0));
        assertErrno(Errno.ELOOP, () -> Fd.open(scratch.path("link"), Fd.O_RDONLY | Fd.O_NOFOLLOW, 0));
        Fd.close(Fd.open(scratch.path("link"), Fd.O_PATH | Fd.O_NOFOLLOW, 0));
    }

    @Test
    void openInRootNeverLeavesTheRoot() throws ErrnoException {
        scratch.directory("d");
        scratch.file("f", "mine");
        At.symlink(BytePath.of("/../../f"), scratch.dir(), BytePath.of("d/link"));
        try (OwnedFd fd = OwnedFd.of(Fd.openInRoot(scratch.dir(), BytePath.of("/d/link"), Fd.O_RDONLY))) {
            assertEquals("mine", new String(Fd.readFully(fd.number(), 100), UTF_8));
        }
        assertErrno(Errno.ENOENT, () -> Fd.openInRoot(scratch.dir(), BytePath.of("/proc"), Fd.O_PATH));
    }

    @Test
    void pipesTellWhatIsInThem() throws ErrnoException {
        int[] pipe = Fd.pipe();
        assertFalse(Fd.isNonBlocking(pipe[0]));
        Fd.setNonBlocking(pipe[0], true);
        assertTrue(Fd.isNonBlocking(pipe[0]));
        assertErrno(Errno.EAGAIN, () -> Fd.read(pipe[0], new byte[1], 0, 1));
        Fd.writeFully(pipe[1], "hello".getBytes(UTF_8));
        assertEquals(5, Fd.available(pipe[0]));
        assertEquals(4096, Fd.setPipeCapacity(pipe[1], 1));
        assertEquals(4096, Fd.pipeCapacity(pipe[0]));
        assertEquals(Fd.O_WRONLY, Fd.flags(pipe[1]) & 3);
        Fd.close(pipe[0]);
        assertErrno(Errno.EPIPE, () -> Fd.writeFully(pipe[1], new byte[1]));
        Fd.close(pipe[1]);
    }

    @Test
    void flockExcludesAnotherOpening() throws ErrnoException {
        BytePath path = scratch.file("lock", "");
        int first = Fd.open(path, Fd.O_RDWR, 0);
        int second = Fd.open(path, Fd.O_RDWR, 0);
        assertTrue(Fd.flock(first, true, false));
        assertFalse(Fd.flock(second, false, false));
        Fd.funlock(first);
        assertTrue(Fd.flock(second, false, true));
        assertTrue(Fd.flock(first, false, false), "two may share");
        Fd.closeQuietly(first, second);
    }

    @Test
    void anOwnedDescriptorIsClosedOnce() throws ErrnoException {
        OwnedFd owned = OwnedFd.of(Fd.open(scratch.path(), Fd.O_PATH, 0));
        int number = owned.number();
        owned.close();
        owned.close();
        assertErrno(Errno.EBADF, () -> Stat.of(number));
        assertThrows(IllegalStateException.class, owned::number);
        assertThrows(IllegalArgumentException.class, () -> OwnedFd.of(-1));
        OwnedFd given = OwnedFd.of(Fd.open(scratch.path(), Fd.O_PATH, 0));
        int released = given.release();
        given.close();
        assertTrue(Stat.of(released).isDirectory());
        Fd.close(released);
    }
}
