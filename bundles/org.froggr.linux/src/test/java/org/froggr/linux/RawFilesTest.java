package org.froggr.linux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.froggr.api.BytePath;
import org.froggr.api.ByteText;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@link RawFiles}, {@link RawNames}, {@link RawXattrs}, {@link ThreadMemory} and {@link Dirents}. */
class RawFilesTest {
    private static final int ENOENT = Errno.ENOENT.number();
    private static final int NOFOLLOW = Fd.AT_SYMLINK_NOFOLLOW;

    private final ThreadMemory memory = ThreadMemory.current();
    private final StatxBuffer stat = memory.stat();
    private final ByteBuffer data = ByteBuffer.allocateDirect(4096).order(ByteOrder.nativeOrder());
    private final long address = ThreadMemory.addressOf(data);
    private Scratch scratch;
    private int dir;

    @BeforeEach
    void makeScratch() throws ErrnoException {
        scratch = new Scratch();
        dir = scratch.dir();
    }

    @AfterEach
    void removeScratch() throws ErrnoException {
        scratch.close();
    }

    private long first(String name) {
        return memory.first(ByteText.encode(name));
    }

    private long second(String name) {
        return memory.second(ByteText.encode(name));
    }

    private int openPath(String name) {
        int fd = RawFiles.open(dir, first(name), Fd.O_PATH | Fd.O_NOFOLLOW, 0);
        assertTrue(fd >= 0, () -> "open: " + fd);
        return fd;
    }

    @Test
    void whatIsWrittenIsRead() throws ErrnoException {
        int fd = RawFiles.open(dir, first("a\udcff"), Fd.O_RDWR | Fd.O_CREAT | Fd.O_EXCL, 0640);
        assertEquals(-Errno.EEXIST.number(), RawFiles.open(dir, first("a\udcff"), Fd.O_CREAT | Fd.O_EXCL, 0640));
        data.put(0, "hello".getBytes(StandardCharsets.US_ASCII));
        assertEquals(5, RawFiles.write(fd, address, 5, 1L << 33));
        data.putLong(0, 0);
        assertEquals(5, RawFiles.read(fd, address, 100, 1L << 33));
        assertEquals('h', data.get(0));
        assertEquals(0, RawFiles.stat(fd, stat));
        assertEquals((1L << 33) + 5, stat.size());
        assertEquals(1L << 33, RawFiles.seek(fd, 0, RawFiles.SEEK_DATA) & -4096);
        assertEquals(0, RawFiles.seek(fd, 0, RawFiles.SEEK_HOLE));
        assertEquals(0, RawFiles.truncate(fd, 3));
        assertEquals(0, RawFiles.allocate(fd, 0, 0, 8192));
        assertEquals(0, RawFiles.sync(fd, true));
        assertEquals(0, RawFiles.sync(fd, false));
        assertEquals(0, RawFiles.syncFileSystem(fd));
        assertEquals(0, RawFiles.stat(fd, stat));
        assertEquals(8192, stat.size());
        assertEquals(0, RawFiles.close(fd));
        assertEquals(-Errno.EBADF.number(), RawFiles.read(fd, address, 1, 0));
    }

    @Test
    void statAgreesWithTheOtherWay() throws ErrnoException {
        BytePath path = scratch.file("a", "123");
        Stat expected = Stat.at(Fd.AT_FDCWD, path, false);
        assertEquals(0, RawFiles.stat(dir, first("a"), NOFOLLOW | RawFiles.AT_NO_AUTOMOUNT, stat));
        assertEquals(expected.device(), stat.device());
        assertEquals(expected.inode(), stat.inode());
        assertEquals(expected.mode(), stat.mode());
        assertEquals(expected.uid(), stat.uid());
        assertEquals(expected.gid(), stat.gid());
        assertEquals(expected.links(), stat.links());
        assertEquals(expected.size(), stat.size());
        assertEquals(expected.mountId(), stat.mountId());
        assertFalse(stat.isMountRoot());
        assertTrue(stat.blockSize() >= 512);
        long now = System.currentTimeMillis() / 1000;
        for (long time : new long[] {stat.accessSeconds(), stat.modifySeconds(), stat.changeSeconds()}) {
            assertTrue(Math.abs(now - time) < 100);
        }
        assertEquals(-ENOENT, RawFiles.stat(dir, first("b"), NOFOLLOW, stat));
    }

    @Test
    void aPathDescriptorIsEnoughToChangeAttributes() throws ErrnoException {
        assumeTrue(Ids.euid() == 0, "chown needs root");
        scratch.file("a", "");
        int fd = openPath("a");
        assertEquals(0, RawFiles.chown(fd, 1234, 2345));
        assertEquals(0, RawFiles.chmodPath(fd, 04751));
        assertEquals(0, RawFiles.setTimes(fd, 7, 123456789, 0, RawFiles.UTIME_OMIT));
        assertEquals(0, RawFiles.stat(fd, stat));
        assertEquals(1234, stat.uid());
        assertEquals(2345, stat.gid());
        assertEquals(04751, stat.mode() & 07777);
        assertEquals(7, stat.accessSeconds());
        assertEquals(123456789, stat.accessNanos());
        assertTrue(stat.modifySeconds() > 7);
        RawFiles.close(fd);
    }

    @Test
    void namesComeAndGo() throws ErrnoException {
        assertEquals(0, RawNames.makeDirectory(dir, first("d"), 0755));
        assertEquals(0, RawNames.makeSymlink(second("target"), dir, first("s")));
        assertEquals(6, RawNames.readLink(dir, first("s"), address, 100));
        assertEquals(0, RawNames.makeNode(dir, first("f"), 0010600, 0));
        assertEquals(0, RawNames.link(dir, first("f"), dir, second("g"), 0));
        assertEquals(0, RawNames.rename(dir, first("g"), dir, second("h"), At.RENAME_NOREPLACE));
        assertEquals(-Errno.EEXIST.number(), RawNames.rename(dir, first("f"), dir, second("h"), 1));
        assertEquals(0, RawNames.unlink(dir, first("f"), 0));
        assertEquals(-Errno.EISDIR.number(), RawNames.unlink(dir, first("d"), 0));
        assertEquals(0, RawNames.unlink(dir, first("d"), Fd.AT_REMOVEDIR));
        assertEquals(Set.of("s", "h"), listed());
    }

    @Test
    void aDeviceHasItsNumber() throws ErrnoException {
        assumeTrue(Ids.euid() == 0, "mknod of devices needs root");
        int device = 0x34 | 0x123 << 8 | 0x567 << 20;
        assertEquals(0, RawNames.makeNode(dir, first("b"), 0060600, device));
        assertEquals(0, RawFiles.stat(dir, first("b"), NOFOLLOW, stat));
        assertEquals(device, stat.rdev());
    }

    @Test
    void aDescriptorLinksAFileWithoutName() {
        int fd = RawFiles.open(dir, first("."), RawFiles.O_TMPFILE | Fd.O_RDWR, 0600);
        int linked = RawNames.link(
                Fd.AT_FDCWD, memory.path(fd), dir, second("named"), RawFiles.AT_SYMLINK_FOLLOW);
        assertEquals(0, linked);
        assertEquals(0, RawFiles.stat(fd, stat));
        assertEquals(1, stat.links());
        RawFiles.close(fd);
    }

    @Test
    void nothingLeadsOutOfADirectory() throws ErrnoException {
        RawNames.makeSymlink(second("/"), dir, first("s"));
        RawNames.makeDirectory(dir, first("d"), 0755);
        long beneath = RawFiles.RESOLVE_BENEATH | RawFiles.RESOLVE_NO_SYMLINKS;
        assertEquals(-Errno.ELOOP.number(), RawFiles.open2(dir, first("s/tmp"), Fd.O_PATH, 0, beneath));
        assertEquals(-Errno.EXDEV.number(), RawFiles.open2(dir, first("d/../.."), Fd.O_PATH, 0, beneath));
        int fd = RawFiles.open2(dir, first("d/."), Fd.O_PATH, 0, beneath);
        assertTrue(fd >= 0);
        RawFiles.close(fd);
    }

    @Test
    void attributesAreReachedThreeWays() throws ErrnoException {
        assumeTrue(Ids.euid() == 0, "trusted attributes need root");
        scratch.file("a\udcfe", "");
        RawNames.makeSymlink(second("nowhere"), dir, first("s"));
        for (String file : new String[] {"a\udcfe", "s"}) {
            int fd = openPath(file);
            data.put(0, (byte) 'v');
            long name = first("trusted.froggr");
            assertEquals(0, RawXattrs.setOfPath(fd, name, address, 1, 0));
            assertEquals(-Errno.EEXIST.number(), RawXattrs.setOfPath(fd, name, address, 1, 1));
            long path = memory.path(dir, ByteText.encode(file));
            assertEquals(1, RawXattrs.get(path, name, 0, 0));
            assertEquals(1, RawXattrs.get(path, name, address, 10));
            assertEquals(1, RawXattrs.getOfPath(fd, name, address, 10));
            byte[] bytes = ByteText.encode(file);
            assertEquals(1, RawXattrs.get(dir, memory.second(bytes), bytes, name, address, 10));
            path = memory.path(dir, ByteText.encode(file));
            assertTrue(RawXattrs.list(path, address, 100) >= "trusted.froggr".length() + 1);
            assertTrue(RawXattrs.listOfPath(fd, address, 100) >= "trusted.froggr".length() + 1);
            assertEquals(0, RawXattrs.removeOfPath(fd, name));
            assertEquals(-Errno.ENODATA.number(), RawXattrs.getOfPath(fd, name, address, 10));
            RawFiles.close(fd);
        }
        int open = RawFiles.open(dir, first("a\udcfe"), Fd.O_RDONLY, 0);
        assertEquals(0, RawXattrs.set(open, first("trusted.x"), address, 1, 0));
        assertEquals(1, RawXattrs.get(open, first("trusted.x"), address, 1));
        assertTrue(RawXattrs.list(open, address, 100) >= 10);
        assertEquals(0, RawXattrs.remove(open, first("trusted.x")));
        RawFiles.close(open);
    }

    @Test
    void copiesInsideTheKernel() throws ErrnoException {
        scratch.file("a", "0123456789");
        int in = RawFiles.open(dir, first("a"), Fd.O_RDONLY, 0);
        int out = RawFiles.open(dir, first("b"), Fd.O_RDWR | Fd.O_CREAT, 0600);
        assertEquals(3, RawFiles.copy(in, 7, out, 2, 100));
        assertEquals(5, RawFiles.read(out, address, 100, 0));
        byte[] copied = new byte[5];
        data.get(0, copied);
        assertArrayEquals(new byte[] {0, 0, '7', '8', '9'}, copied);
        RawFiles.close(in);
        RawFiles.close(out);
    }

    private Set<String> listed() {
        Dirents entries = new Dirents(512);
        Set<String> names = new HashSet<>();
        int fd = RawFiles.open(dir, first("."), Fd.O_RDONLY | Fd.O_DIRECTORY, 0);
        while (entries.read(fd) > 0) {
            while (entries.next()) {
                if (!entries.isDots()) {
                    assertTrue(names.add(ByteText.decode(entries.name())));
                    assertTrue(entries.inode() != 0);
                    assertTrue(entries.type() != 0);
                    assertEquals(entries.name().length, entries.nameLength());
                }
            }
        }
        RawFiles.close(fd);
        return names;
    }

    @Test
    void namesOfAllLengthsAreListed() {
        Set<String> made = new HashSet<>();
        for (int length = 1; length <= 255; length++) {
            String name = "n".repeat(length);
            RawNames.makeNode(dir, first(name), 0100600, 0);
            made.add(name);
        }
        assertEquals(made, listed());
    }

    @Test
    void tooLongIsSaid() {
        assertEquals(0, memory.first(new byte[ThreadMemory.MAX_STRING_BYTES + 1]));
        assertEquals(0, memory.path(1, new byte[256]));
        long longest = first("x/".repeat(ThreadMemory.MAX_STRING_BYTES / 2));
        assertEquals(-Errno.ENAMETOOLONG.number(), RawFiles.open(dir, longest, Fd.O_RDONLY, 0));
    }

    @Test
    void nothingIsAllocated() throws ErrnoException {
        byte[] name = ByteText.encode("a");
        scratch.file("a", "123");
        int fd = RawFiles.open(dir, memory.first(name), Fd.O_RDONLY, 0);
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long sum = 0;
        long before = 0;
        int rounds = 20_000;
        for (int i = 0; i < 2 * rounds; i++) {
            if (i == rounds) {
                before = threads.getCurrentThreadAllocatedBytes();
            }
            sum += RawFiles.stat(dir, memory.first(name), NOFOLLOW, stat);
            sum += RawFiles.read(fd, address, 3, 0) - 3;
            sum += RawFiles.stat(dir, memory.second(new byte[0]), NOFOLLOW, stat) + ENOENT;
        }
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        assertEquals(0, sum);
        assertTrue(bytes < 20L * rounds, () -> bytes + " bytes in " + rounds + " rounds");
        RawFiles.close(fd);
    }

    @Test
    void aHandleOutlivesAName() throws ErrnoException {
        assumeTrue(Ids.euid() == 0, "open_by_handle_at needs root");
        scratch.file("a", "123");
        int fd = openPath("a");
        byte[] handle = FileHandles.of(fd);
        RawNames.rename(dir, first("a"), dir, second("b"), 0);
        try (OwnedFd opened = OwnedFd.of(FileHandles.open(dir, handle, Fd.O_RDONLY))) {
            assertTrue(Stat.of(opened.number()).sameFile(Stat.of(fd)));
        }
        RawNames.unlink(dir, first("b"), 0);
        RawFiles.close(fd);
        Errors.assertErrno(Errno.ESTALE, () -> FileHandles.open(dir, handle, Fd.O_RDONLY));
    }
}
