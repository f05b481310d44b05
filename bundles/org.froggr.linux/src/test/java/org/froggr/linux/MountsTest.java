package org.froggr.linux;

import static org.froggr.linux.Errors.assertErrno;
import static org.froggr.linux.PrivateMounts.tmpfs;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalInt;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.junit.jupiter.api.Test;

class MountsTest {
    private static final BytePath EMPTY = BytePath.of("");

    private static OwnedFd path(BytePath path) throws ErrnoException {
        return OwnedFd.of(Fd.open(path, Fd.O_PATH, 0));
    }

    private static OwnedFd cloneOf(BytePath path, boolean recursive) throws ErrnoException {
        return OwnedFd.of(Mounts.openTree(Fd.AT_FDCWD, path, true, recursive));
    }

    @Test
    void aCloneIsPlacedOnADescriptor() throws ErrnoException {
        PrivateMounts.run(scratch -> {
            BytePath source = scratch.directory("source");
            BytePath target = scratch.directory("target");
            scratch.file("source/f", "");
            try (OwnedFd from = path(source);
                    OwnedFd to = path(target);
                    OwnedFd clone = OwnedFd.of(Mounts.openTree(from.number(), EMPTY, true, false))) {
                Mounts.moveMount(clone.number(), to.number());
            }
            assertTrue(At.exists(Fd.AT_FDCWD, scratch.path("target/f")));
            assertTrue(PrivateMounts.at(target).root().toString().endsWith("/source"));
            Mounts.umount(target, Mounts.UMOUNT_NOFOLLOW);
            assertFalse(At.exists(Fd.AT_FDCWD, scratch.path("target/f")));
            assertErrno(Errno.EINVAL, () -> Mounts.umount(target, 0));
        });
    }

    @Test
    void readOnlyAndItsKinAreSetAndCleared() throws ErrnoException {
        PrivateMounts.run(scratch -> {
            BytePath source = scratch.directory("source");
            BytePath target = scratch.directory("target");
            long set = Mounts.MOUNT_ATTR_RDONLY | Mounts.MOUNT_ATTR_NOSUID | Mounts.MOUNT_ATTR_NODEV;
            try (OwnedFd clone = cloneOf(source, false)) {
                Mounts.setAttributes(clone.number(), false, set, 0, 0);
                Mounts.moveMount(clone.number(), Fd.AT_FDCWD, target);
                MountFlags flags = Mounts.statfsFlags(clone.number());
                assertTrue(flags.readOnly() && flags.noSuid() && flags.noDev() && !flags.noExec());
                assertEquals(set, flags.attributes());
            }
            assertErrno(Errno.EROFS, () -> scratch.file("target/f", ""));
            assertTrue(PrivateMounts.at(target).readOnly());
            try (OwnedFd mounted = path(target)) {
                Mounts.setAttributes(mounted.number(), false, 0, Mounts.MOUNT_ATTR_RDONLY, 0);
            }
            scratch.file("target/f", "");
            assertTrue(At.exists(Fd.AT_FDCWD, scratch.path("source/f")));
            Mounts.umount(target, 0);
        });
    }

    @Test
    void aRecursiveSlaveTakesSubmountsAlong() throws ErrnoException {
        PrivateMounts.run(scratch -> {
            BytePath source = tmpfs(scratch, "source");
            Mounts.mount(null, source, null, Mounts.MS_SHARED, null);
            BytePath inner = tmpfs(scratch, "source/inner");
            BytePath target = scratch.directory("target");
            try (OwnedFd clone = cloneOf(source, true)) {
                Mounts.setAttributes(clone.number(), true, 0, 0, Mounts.MS_SLAVE);
                Mounts.moveMount(clone.number(), Fd.AT_FDCWD, target);
            }
            OptionalInt group = PrivateMounts.at(source).shared();
            assertTrue(group.isPresent());
            assertEquals(group, PrivateMounts.at(target).master());
            assertEquals(OptionalInt.empty(), PrivateMounts.at(target).shared());
            assertEquals("tmpfs", PrivateMounts.at(scratch.path("target/inner")).type());
            Mounts.umount(scratch.path("target/inner"), 0);
            assertEquals(inner, PrivateMounts.at(inner).mountPoint(), "the source keeps its submount");
            Mounts.umount(target, 0);
        });
    }

    @Test
    void aPlainCloneShowsWhatIsUnderASubmount() throws ErrnoException {
        PrivateMounts.run(scratch -> {
            BytePath source = tmpfs(scratch, "source");
            tmpfs(scratch, "source/inner");
            scratch.file("source/inner/f", "");
            try (OwnedFd clone = cloneOf(source, false)) {
                assertFalse(At.exists(clone.number(), BytePath.of("inner/f")));
            }
            try (OwnedFd clone = cloneOf(source, true)) {
                assertTrue(At.exists(clone.number(), BytePath.of("inner/f")));
            }
        });
    }

    @Test
    void aBusyMountStaysUnlessDetached() throws ErrnoException {
        PrivateMounts.run(scratch -> {
            BytePath target = tmpfs(scratch, "target");
            try (OwnedFd holder = OwnedFd.of(Fd.open(scratch.file("target/f", "x"), Fd.O_RDONLY, 0))) {
                ErrnoException e = assertErrno(Errno.EBUSY, () -> Mounts.umount(target, 0));
                assertEquals(target, e.path());
                Mounts.umount(target, Mounts.MNT_DETACH);
                assertEquals(List.of(), At.list(Fd.open(target, Fd.O_RDONLY, 0)));
                assertEquals(1, Fd.readFully(holder.number(), 10).length);
            }
        });
    }

    @Test
    void expiryNeedsTwoCalls() throws ErrnoException {
        PrivateMounts.run(scratch -> {
            BytePath target = tmpfs(scratch, "target");
            assertErrno(Errno.EAGAIN, () -> Mounts.umount(target, Mounts.MNT_EXPIRE));
            Mounts.umount(target, Mounts.MNT_EXPIRE);
        });
    }

    @Test
    void aFileIsBoundOnAFile() throws ErrnoException {
        PrivateMounts.run(scratch -> {
            BytePath source = scratch.file("source", "new");
            BytePath target = scratch.file("target", "");
            Mounts.mount(source, target, null, Mounts.MS_BIND, null);
            assertEquals(3, Stat.at(Fd.AT_FDCWD, target, true).size());
            assertTrue(Stat.at(Fd.AT_FDCWD, target, true).isMountRoot());
            Mounts.umount(target, 0);
            assertErrno(Errno.ENOTDIR, () -> Mounts.mount(scratch.path(), target, null, Mounts.MS_BIND, null));
        });
    }
}
