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
import org.froggr.api.session.UnmountMode;
import org.froggr.linux.At;
import org.froggr.linux.Fd;
import org.froggr.linux.MountInfo;
import org.froggr.linux.Mounts;
import org.froggr.linux.OwnedFd;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Binds in the private namespace of an ordinary user, where only the session's process may mount. */
class UnprivilegedTest {
    @FunctionalInterface
    private interface Body {
        void in(Sandbox box, Inhabitant inside, TestPresent present) throws Exception;
    }

    private static void inside(Sandbox.Root root, Body body) throws Exception {
        root.run(box -> {
            box.tmpfs(box.dir("locked/sub"));
            box.tmpfs(box.dir("flags"), Mounts.MS_NOSUID | Mounts.MS_NODEV | Mounts.MS_NOATIME);
            box.dir("a");
            box.file("a/x", "from a");
            box.dir("t");
            try (Inhabitant inside = Inhabitant.inUserNamespace()) {
                String before = inside.mountInfo();
                String outside = box.table();
                body.in(box, inside, new TestPresent(inside.byProcess(box.path(""))));
                assertEquals(before, inside.mountInfo());
                assertEquals(outside, box.table());
            }
        });
    }

    private static List<String> options(TestPresent present, long id) throws ErrnoException {
        return MountTable.parse(present.space().mountInfo()).find(id).map(MountInfo.Entry::options).orElseThrow();
    }

    private static ErrnoException refused(Errno errno, TestPresent present, long id, BytePath target) {
        ErrnoException error = assertThrows(ErrnoException.class, () -> present.unbind(id, target));
        assertTrue(error.is(errno), error.getMessage());
        return error;
    }

    @ParameterizedTest
    @EnumSource
    void aBindComesAndGoes(Sandbox.Root root) throws Exception {
        inside(root, (box, inside, present) -> {
            long id = present.bind(box.path("a"), box.path("t"));
            inside.shell(box.path(""), "grep 'from a' \"$1/x\"; : >\"$1/new\"", box.path("t"));
            assertFalse(box.exists(box.path("t/x")));
            assertTrue(box.exists(box.path("a/new")));
            present.unbind(id, box.path("t"));
        });
    }

    @ParameterizedTest
    @EnumSource
    void flagsOfTheSourceThatAreLockedAreRepeated(Sandbox.Root root) throws Exception {
        inside(root, (box, inside, present) -> {
            long id = present.bind(box.path("flags"), box.path("t"), "ro", "noexec");
            assertTrue(options(present, id).containsAll(Set.of("ro", "nosuid", "nodev", "noexec", "noatime")));
            present.unbind(id, box.path("t"));
        });
    }

    @ParameterizedTest
    @EnumSource
    void aLockedFlagThatIsToChangeIsAClearError(Sandbox.Root root) throws Exception {
        inside(root, (box, inside, present) -> {
            ErrnoException error = assertThrows(
                    ErrnoException.class, () -> present.bind(box.path("locked/sub"), box.path("t"), "noatime"));
            assertTrue(error.is(Errno.EPERM), error.getMessage());
        });
    }

    @ParameterizedTest
    @EnumSource
    void aRecursiveBindIsReadOnlyAtEveryDepth(Sandbox.Root root) throws Exception {
        inside(root, (box, inside, present) -> {
            long id = present.rbind(box.path("locked"), box.path("t"), "ro");
            inside.shell(box.path(""), "test -e \"$1/sub/mark\"; ! touch \"$1/sub/new\"", box.path("t"));
            present.unbind(id, box.path("t"));
            assertEquals("sub", box.read(box.path("locked/sub/mark")));
        });
    }

    @ParameterizedTest
    @EnumSource
    void aPlainBindOfLockedMountsIsAClearError(Sandbox.Root root) throws Exception {
        inside(root, (box, inside, present) -> {
            ErrnoException error =
                    assertThrows(ErrnoException.class, () -> present.bind(box.path("locked"), box.path("t")));
            assertTrue(error.is(Errno.EINVAL), error.getMessage());
            assertEquals(box.path("locked"), error.path());
        });
    }

    @ParameterizedTest
    @EnumSource
    void namesAreBytes(Sandbox.Root root) throws Exception {
        inside(root, (box, inside, present) -> {
            for (String name : List.of("a b", "tab\t", "\udcff\udc80", "a,b=c:d", "back\\slash", "#", "'\"$`",
                    "line\nbreak", " ", "LABEL=x", "n".repeat(255), "-o")) {
                BytePath source = box.dir("names/" + name);
                BytePath target = box.dir("targets/" + name);
                long id = present.bind(source, target, "ro");
                assertEquals(id, MountTable.parse(present.space().mountInfo()).find(id).orElseThrow().id());
                present.unbind(id, target);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void inUseIsBusyAndLazilyOrByForceItGoes(Sandbox.Root root) throws Exception {
        inside(root, (box, inside, present) -> {
            for (UnmountMode mode : List.of(UnmountMode.LAZY, UnmountMode.FORCE)) {
                long id = present.bind(box.path("a"), box.path("t"));
                try (OwnedFd use = OwnedFd.of(present.space().open(box.path("t")))) {
                    assertTrue(use.number() > 0);
                    refused(Errno.EBUSY, present, id, box.path("t"));
                    assertTrue(MountTable.parse(present.space().mountInfo()).find(id).isPresent());
                    present.unbind(id, box.path("t"), mode);
                }
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void aLockedMountInUseKeepsAll(Sandbox.Root root) throws Exception {
        inside(root, (box, inside, present) -> {
            long id = present.rbind(box.path("locked"), box.path("t"));
            String before = inside.mountInfo();
            try (OwnedFd use = OwnedFd.of(present.space().open(box.path("t/sub/mark")))) {
                assertTrue(use.number() > 0);
                refused(Errno.EBUSY, present, id, box.path("t"));
                assertEquals(before, inside.mountInfo());
            }
            present.unbind(id, box.path("t"));
        });
    }

    @ParameterizedTest
    @EnumSource
    void whatAPersonMountedBelowIsNotUndone(Sandbox.Root root) throws Exception {
        inside(root, (box, inside, present) -> {
            box.dir("a/own");
            long id = present.bind(box.path("a"), box.path("t"));
            inside.shell(box.path(""), "mount -t tmpfs own \"$1\"", box.path("t/own"));
            assertEquals(box.path("t/own"), refused(Errno.EBUSY, present, id, box.path("t")).path());
            inside.shell(box.path(""), "umount -i \"$1\"", box.path("t/own"));
            present.unbind(id, box.path("t"));
        });
    }

    @ParameterizedTest
    @EnumSource
    void aCoveredOneStays(Sandbox.Root root) throws Exception {
        inside(root, (box, inside, present) -> {
            long id = present.bind(box.path("a"), box.path("t"));
            inside.shell(box.path(""), "mount -t tmpfs own \"$1\"", box.path("t"));
            refused(Errno.EBUSY, present, id, box.path("t"));
            inside.shell(box.path(""), "umount -i \"$1\"", box.path("t"));
            present.unbind(id, box.path("t"));
            refused(Errno.EINVAL, present, id, box.path("t"));
        });
    }

    @ParameterizedTest
    @EnumSource
    void aSourceThatWasSwappedMeanwhileIsNotBound(Sandbox.Root root) throws Exception {
        inside(root, (box, inside, present) -> {
            BytePath source = box.path("a");
            try (OwnedFd from = OwnedFd.of(present.space().open(source));
                    OwnedFd to = OwnedFd.of(present.space().open(box.path("t")))) {
                At.rename(Fd.AT_FDCWD, source, Fd.AT_FDCWD, box.path("moved"));
                At.symlink(BytePath.of("/etc"), Fd.AT_FDCWD, source);
                ErrnoException error = assertThrows(ErrnoException.class, () -> present.presenter()
                        .present(new TestPresent.Present(
                                present.space(), from.number(), source, to.number(), box.path("t"), false, Set.of())));
                assertTrue(error.is(Errno.ESTALE), error.getMessage());
            }
        });
    }
}
