package org.froggr.linux;

import static org.froggr.linux.Errors.assertErrno;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AtTest {
    private static final BytePath A = BytePath.of("a");
    private static final BytePath B = BytePath.of("b");

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

    /** A name of every byte that a name can hold. */
    private static BytePath everyByte() {
        byte[] name = new byte[254];
        int length = 0;
        for (int b = 1; b < 256; b++) {
            if (b != '/') {
                name[length++] = (byte) b;
            }
        }
        return BytePath.of(name);
    }

    @Test
    void anyByteSurvives() throws ErrnoException {
        BytePath name = everyByte();
        At.mkdir(dir, name, 0700);
        assertEquals(List.of(name), At.list(dir));
        At.symlink(name, dir, A);
        assertEquals(name, At.readlink(dir, A));
        assertTrue(Stat.at(dir, A, true).isDirectory());
        At.rename(dir, name, dir, B);
        At.rename(dir, B, dir, name);
        At.rmdir(dir, name);
        assertFalse(At.exists(dir, name));
        assertTrue(At.exists(dir, A), "a dangling link is there");
    }

    @Test
    void aDescriptorOfSuchANameIsFoundInProc() throws ErrnoException {
        At.mkdir(dir, everyByte(), 0700);
        try (OwnedFd fd = OwnedFd.of(Fd.openat(dir, everyByte(), Fd.O_PATH, 0))) {
            BytePath path = At.readlink(Fd.AT_FDCWD, BytePath.of("/proc/self/fd/" + fd.number()));
            assertEquals(scratch.path().resolve(everyByte()), path);
        }
    }

    @Test
    void linksOfAnyLengthAreRead() throws ErrnoException {
        for (int length : new int[] {1, 255, 256, 257, 1024, 4095}) {
            byte[] target = new byte[length];
            Arrays.fill(target, (byte) 'x');
            BytePath name = BytePath.of("link" + length);
            At.symlink(BytePath.of(target), dir, name);
            assertEquals(BytePath.of(target), At.readlink(dir, name));
        }
        assertErrno(Errno.EINVAL, () -> At.readlink(Fd.AT_FDCWD, scratch.path()));
    }

    @Test
    void manyNamesAreListedOnceEach() throws ErrnoException {
        Set<BytePath> made = new HashSet<>();
        for (int i = 0; i < 3000; i++) {
            BytePath name = BytePath.of("a-name-of-some-length-" + i);
            At.mkfifo(dir, name, 0600);
            made.add(name);
        }
        List<BytePath> first = At.list(dir);
        assertEquals(made.size(), first.size());
        assertEquals(made, new HashSet<>(first));
        assertEquals(first, At.list(dir), "the descriptor's own place has not moved");
    }

    @Test
    void namesWithDotsAreNames() throws ErrnoException {
        At.mkdir(dir, BytePath.of("..."), 0700);
        At.mkdir(dir, BytePath.of(".a"), 0700);
        assertEquals(Set.of(BytePath.of("..."), BytePath.of(".a")), Set.copyOf(At.list(dir)));
    }

    @Test
    void renameObeysItsFlags() throws ErrnoException {
        scratch.file("a", "1");
        scratch.file("b", "22");
        assertErrno(Errno.EEXIST, () -> At.rename(dir, A, dir, B, At.RENAME_NOREPLACE));
        At.rename(dir, A, dir, B, At.RENAME_EXCHANGE);
        assertEquals(2, Stat.at(dir, A, true).size());
        At.rename(dir, A, dir, B);
        assertEquals(List.of(B), At.list(dir));
        assertErrno(Errno.ENOENT, () -> At.rename(dir, A, dir, B));
    }

    @Test
    void modesOwnersAndLinks() throws ErrnoException {
        scratch.file("a", "1");
        At.link(dir, A, dir, B);
        assertEquals(2, Stat.at(dir, B, true).links());
        assertTrue(Stat.at(dir, A, true).sameFile(Stat.at(dir, B, true)));
        At.chmod(dir, A, 0640);
        assertEquals(0640, Stat.at(dir, B, true).permissions());
        At.chown(dir, A, -1, Ids.egid());
        assertEquals(Ids.egid(), Stat.at(dir, A, true).gid());
        At.unlink(dir, B);
        assertErrno(Errno.ENOTDIR, () -> At.rmdir(dir, A));
        assertErrno(Errno.EEXIST, () -> At.mkdir(dir, A, 0700));
        assertErrno(Errno.ENAMETOOLONG, () -> At.mkdir(dir, BytePath.of("x".repeat(256)), 0700));
    }
}
