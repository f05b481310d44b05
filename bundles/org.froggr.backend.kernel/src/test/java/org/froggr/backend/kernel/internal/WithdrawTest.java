package org.froggr.backend.kernel.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.api.session.UnmountMode;
import org.froggr.linux.Fd;
import org.froggr.linux.Mounts;
import org.froggr.linux.OwnedFd;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Binds in use, covered, moved, replaced. */
class WithdrawTest {
    private final TestPresent present = new TestPresent(new OwnSpace());

    private ErrnoException refused(Errno errno, long id, BytePath target) {
        ErrnoException error = assertThrows(ErrnoException.class, () -> present.unbind(id, target));
        assertTrue(error.is(errno), error.getMessage());
        return error;
    }

    private static BytePath withMountsBelow(Sandbox box, String name) throws ErrnoException {
        BytePath source = box.dir(name);
        for (String below : new String[] {"one", "two", "two/deep"}) {
            box.tmpfs(box.dir(name + "/" + below));
        }
        return source;
    }

    @ParameterizedTest
    @EnumSource
    void whatIsInUseStays(Sandbox.Root root) throws Exception {
        root.run(box -> {
            BytePath target = box.dir("t");
            String clean = box.table();
            long id = present.bind(box.dir("a"), target);
            String before = box.table();
            box.using(target, b -> {
                assertEquals(target, refused(Errno.EBUSY, id, target).path());
                assertEquals(before, box.table());
            });
            present.unbind(id, target);
            assertEquals(clean, box.table());
        });
    }

    @ParameterizedTest
    @EnumSource
    void noneIsUndoneIfOneOfSeveralIsInUse(Sandbox.Root root) throws Exception {
        root.run(box -> {
            BytePath source = withMountsBelow(box, "a");
            BytePath target = box.dir("t");
            String clean = box.table();
            long id = present.rbind(source, target, "ro");
            String before = box.shape();
            for (String used : new String[] {"", "one", "two", "two/deep"}) {
                box.using(target.resolve(used), b -> {
                    refused(Errno.EBUSY, id, target);
                    assertEquals(before, box.shape(), "in use: " + used);
                    assertEquals("deep", box.read(target.resolve("two/deep/mark")));
                });
            }
            present.unbind(id, target);
            assertEquals(clean, box.table());
        });
    }

    @ParameterizedTest
    @EnumSource
    void lazilyAllLeavesNowAndUsersGoOn(Sandbox.Root root) throws Exception {
        root.run(box -> {
            BytePath source = withMountsBelow(box, "a");
            BytePath target = box.dir("t");
            String clean = box.table();
            long id = present.rbind(source, target);
            try (OwnedFd use = OwnedFd.of(Fd.open(target.resolve("one/mark"), Fd.O_RDONLY, 0))) {
                present.unbind(id, target, UnmountMode.LAZY);
                assertEquals(clean, box.table());
                assertEquals("one", new String(Fd.readFully(use.number(), 10)));
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void byForceAllLeaves(Sandbox.Root root) throws Exception {
        root.run(box -> {
            BytePath source = withMountsBelow(box, "a");
            BytePath target = box.dir("t");
            String clean = box.table();
            long idle = present.bind(source, target);
            present.unbind(idle, target, UnmountMode.FORCE);
            long used = present.rbind(source, target);
            box.using(target, b -> present.unbind(used, target, UnmountMode.FORCE));
            assertEquals(clean, box.table());
        });
    }

    @ParameterizedTest
    @EnumSource
    void aCoveredOneStaysUntilItIsUncovered(Sandbox.Root root) throws Exception {
        root.run(box -> {
            BytePath target = box.dir("t");
            String clean = box.table();
            long id = present.bind(box.dir("a"), target);
            box.tmpfs(target);
            String before = box.table();
            refused(Errno.EBUSY, id, target);
            assertThrows(ErrnoException.class, () -> present.unbind(id, target, UnmountMode.LAZY));
            assertEquals(before, box.table());
            Mounts.umount(target, 0);
            present.unbind(id, target);
            assertEquals(clean, box.table());
        });
    }

    @ParameterizedTest
    @EnumSource
    void oneHiddenBelowACoveredDirectoryStays(Sandbox.Root root) throws Exception {
        root.run(box -> {
            BytePath target = box.dir("p/t");
            long id = present.bind(box.dir("a"), target);
            box.tmpfs(box.path("p"));
            String before = box.table();
            refused(Errno.EBUSY, id, target);
            assertEquals(before, box.table());
            Mounts.umount(box.path("p"), 0);
            present.unbind(id, target);
        });
    }

    @ParameterizedTest
    @EnumSource
    void whatAPersonMountedBelowIsNotUndone(Sandbox.Root root) throws Exception {
        root.run(box -> {
            BytePath source = withMountsBelow(box, "a");
            BytePath target = box.dir("t");
            box.dir("a/own");
            String clean = box.table();
            long id = present.rbind(source, target);
            box.tmpfs(target.resolve("own"));
            String before = box.table();
            assertEquals(target.resolve("own"), refused(Errno.EBUSY, id, target).path());
            assertEquals(before, box.table());
            present.unbind(id, target, UnmountMode.LAZY);
            assertEquals(clean, box.table());
        });
    }

    @ParameterizedTest
    @EnumSource
    void aRenamedTargetIsFoundByTheMountsId(Sandbox.Root root) throws Exception {
        root.run(box -> {
            BytePath target = box.dir("p/t");
            long id = present.bind(box.dir("a"), target);
            box.shell("unshare -m --propagation private sh -ec 'umount \"$1\"; mv \"$1\" \"$2\"' sh \"$1\" \"$2\"",
                    target, box.path("p/moved"));
            assertTrue(MountTable.ofThread().find(id).isPresent());
            box.dir("p/t");
            present.unbind(id, target);
            assertFalse(MountTable.ofThread().find(id).isPresent());
        });
    }

    @ParameterizedTest
    @EnumSource
    void aTargetRemovedElsewhereTookTheMountAlong(Sandbox.Root root) throws Exception {
        root.run(box -> {
            BytePath target = box.dir("t");
            String clean = box.table();
            long id = present.bind(box.dir("a"), target);
            box.shell("unshare -m --propagation private sh -ec 'umount \"$1\"; rmdir \"$1\"' sh \"$1\"", target);
            assertEquals(clean, box.table());
            assertEquals(target, refused(Errno.EINVAL, id, target).path());
        });
    }

    @ParameterizedTest
    @EnumSource
    void anotherMountWithTheSameIdIsNotTouched(Sandbox.Root root) throws Exception {
        root.run(box -> {
            BytePath target = box.dir("t");
            long id = present.bind(box.dir("a"), target);
            Mounts.umount(target, 0);
            box.tmpfs(target);
            String before = box.table();
            refused(Errno.EINVAL, id, target);
            assertEquals(before, box.table());
        });
    }

    @ParameterizedTest
    @EnumSource
    void twiceIsAnError(Sandbox.Root root) throws Exception {
        root.run(box -> {
            BytePath target = box.dir("t");
            long id = present.bind(box.dir("a"), target);
            present.unbind(id, target);
            refused(Errno.EINVAL, id, target);
        });
    }
}
