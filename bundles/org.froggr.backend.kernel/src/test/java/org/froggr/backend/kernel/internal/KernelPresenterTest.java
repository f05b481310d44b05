package org.froggr.backend.kernel.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.At;
import org.froggr.linux.Fd;
import org.froggr.linux.MountInfo;
import org.froggr.linux.Mounts;
import org.froggr.linux.OwnedFd;
import org.froggr.linux.Stat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Binds that come and go undisturbed, in the platform's own namespace. */
class KernelPresenterTest {
    private final TestPresent present = new TestPresent(new OwnSpace());

    private static MountInfo.Entry entry(long id) throws ErrnoException {
        return MountTable.ofThread().find(id).orElseThrow();
    }

    @ParameterizedTest
    @EnumSource
    void aDirectoryComesAndGoes(Sandbox.Root root) throws Exception {
        root.run(box -> {
            BytePath source = box.dir("a");
            BytePath target = box.dir("t");
            box.file("a/x", "from a");
            String before = box.table();
            long id = present.bind(source, target);
            assertEquals("from a", box.read(target.resolve("x")));
            assertEquals(target, entry(id).mountPoint());
            box.write(target.resolve("new"), "through t");
            present.unbind(id, target);
            assertEquals(before, box.table());
            assertEquals("through t", box.read(source.resolve("new")));
        });
    }

    @ParameterizedTest
    @EnumSource
    void aFileComesAndGoes(Sandbox.Root root) throws Exception {
        root.run(box -> {
            BytePath source = box.file("f", "new");
            BytePath target = box.file("g", "old");
            String before = box.table();
            long id = present.bind(source, target);
            assertEquals("new", box.read(target));
            present.unbind(id, target);
            assertEquals("old", box.read(target));
            assertEquals(before, box.table());
        });
    }

    @ParameterizedTest
    @EnumSource
    void flagsHoldForTheBindAndNotForItsSource(Sandbox.Root root) throws Exception {
        root.run(box -> {
            BytePath source = box.dir("a");
            BytePath target = box.dir("t");
            long id = present.bind(source, target, "ro", "nosuid", "nodev", "noexec", "noatime", "nosymfollow");
            assertTrue(entry(id).options().containsAll(
                    Set.of("ro", "nosuid", "nodev", "noexec", "noatime", "nosymfollow")));
            ErrnoException refused =
                    assertThrows(ErrnoException.class, () -> box.write(target.resolve("x"), "x"));
            assertTrue(refused.is(Errno.EROFS), refused.getMessage());
            box.write(source.resolve("x"), "x");
            present.unbind(id, target);
        });
    }

    @ParameterizedTest
    @EnumSource
    void theFlagsOfTheSourceAreKept(Sandbox.Root root) throws Exception {
        root.run(box -> {
            BytePath source = box.dir("a");
            BytePath target = box.dir("t");
            box.tmpfs(source, Mounts.MS_NOEXEC);
            long id = present.bind(source, target, "ro");
            assertTrue(entry(id).options().containsAll(Set.of("ro", "noexec")));
            present.unbind(id, target);
        });
    }

    @ParameterizedTest
    @EnumSource
    void aRecursiveBindTakesMountsAlongAndLeavesThoseOfTheSource(Sandbox.Root root) throws Exception {
        root.run(box -> {
            BytePath source = box.dir("a");
            BytePath target = box.dir("t");
            box.dir("a/sub");
            box.tmpfs(source.resolve("sub"));
            box.tmpfs(box.dir("a/sub/deep"));
            String before = box.table();
            long id = present.rbind(source, target, "ro");
            assertEquals("deep", box.read(target.resolve("sub/deep/mark")));
            assertThrows(ErrnoException.class, () -> box.write(target.resolve("sub/x"), "x"), "ro is recursive");
            box.write(source.resolve("sub/x"), "x");
            present.unbind(id, target);
            assertEquals(before, box.table());
            assertEquals("sub", box.read(source.resolve("sub/mark")));
        });
    }

    @ParameterizedTest
    @EnumSource
    void aPlainBindLeavesMountsOut(Sandbox.Root root) throws Exception {
        root.run(box -> {
            BytePath source = box.dir("a");
            BytePath target = box.dir("t");
            box.dir("a/sub");
            box.tmpfs(source.resolve("sub"));
            String before = box.table();
            long id = present.bind(source, target);
            assertFalse(box.exists(target.resolve("sub/mark")));
            present.unbind(id, target);
            assertEquals(before, box.table());
        });
    }

    @ParameterizedTest
    @EnumSource
    void namesAreBytes(Sandbox.Root root) throws Exception {
        root.run(box -> {
            String before = box.table();
            for (String name : List.of(
                    "a b", "tab\t", "line\nbreak", "\udcff\udc80", "a,b=c:d", "back\\slash", "#", "'\"$`", "\\040",
                    "n".repeat(255), "-o", "\u20ac")) {
                BytePath source = box.dir(name);
                BytePath target = box.dir("t/" + name);
                box.write(source.resolve("x"), name);
                long id = present.bind(source, target, "ro");
                assertEquals(name, box.read(target.resolve("x")));
                assertEquals(target, entry(id).mountPoint());
                present.unbind(id, target);
                assertEquals(before, box.table());
                At.unlink(Fd.AT_FDCWD, source.resolve("x"));
                At.rmdir(Fd.AT_FDCWD, source);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void aPathMayBeAsLongAsTheKernelTakes(Sandbox.Root root) throws Exception {
        root.run(box -> {
            BytePath source = box.dir("a");
            BytePath target = box.path("t");
            while (target.length() < BytePath.MAX_PATH_BYTES - 200) {
                target = target.resolve("d".repeat(199));
            }
            target = target.resolve("d".repeat(BytePath.MAX_PATH_BYTES - target.length() - 1));
            box.dir(target.toString());
            long id = present.bind(source, target);
            present.unbind(id, target);
        });
    }

    @ParameterizedTest
    @EnumSource
    void severalStackOnOneTarget(Sandbox.Root root) throws Exception {
        root.run(box -> {
            BytePath target = box.dir("t");
            String before = box.table();
            long lower = present.bind(box.dir("a"), target);
            long upper = present.bind(box.dir("b"), target);
            box.file("b/x", "upper");
            assertEquals("upper", box.read(target.resolve("x")));
            present.unbind(upper, target);
            assertFalse(box.exists(target.resolve("x")));
            present.unbind(lower, target);
            assertEquals(before, box.table());
        });
    }

    @ParameterizedTest
    @EnumSource
    void whatWasOpenedIsBoundWhateverTheNamesMeanNow(Sandbox.Root root) throws Exception {
        root.run(box -> {
            BytePath source = box.dir("a");
            BytePath target = box.dir("t");
            box.file("a/x", "checked");
            try (OwnedFd from = box.hold(source); OwnedFd to = box.hold(target)) {
                At.rename(Fd.AT_FDCWD, source, Fd.AT_FDCWD, box.path("moved"));
                At.symlink(BytePath.of("/etc"), Fd.AT_FDCWD, source);
                long id = present.presenter().present(new TestPresent.Present(
                        present.space(), from.number(), source, to.number(), target, false, Set.of()));
                assertEquals("checked", box.read(target.resolve("x")));
                present.unbind(id, target);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void anIdIsThatOfTheMount(Sandbox.Root root) throws Exception {
        root.run(box -> {
            BytePath target = box.dir("t");
            long id = present.bind(box.dir("a"), target);
            assertEquals(id, Stat.at(Fd.AT_FDCWD, target, true).mountId());
            present.unbind(id, target);
        });
    }

    @ParameterizedTest
    @EnumSource
    void aFailureLeavesNothing(Sandbox.Root root) throws Exception {
        root.run(box -> {
            BytePath dir = box.dir("a");
            BytePath file = box.file("f", "");
            String before = box.table();
            ErrnoException kind = assertThrows(ErrnoException.class, () -> present.bind(dir, file));
            assertTrue(kind.is(Errno.ENOTDIR), kind.getMessage());
            assertEquals(file, kind.path());
            ErrnoException flag = assertThrows(ErrnoException.class, () -> present.bind(dir, box.dir("t"), "shiny"));
            assertTrue(flag.is(Errno.EINVAL), flag.getMessage());
            assertEquals(before, box.table());
        });
    }

    @ParameterizedTest
    @EnumSource
    void aBindOfTheRootOfAllShowsItAndGoes(Sandbox.Root root) throws Exception {
        root.run(box -> {
            BytePath target = box.dir("t");
            String before = box.table();
            long id = present.rbind(BytePath.ROOT, target);
            assertTrue(box.exists(target.resolve("proc/self")));
            present.unbind(id, target);
            assertEquals(before, box.table());
        });
    }
}
