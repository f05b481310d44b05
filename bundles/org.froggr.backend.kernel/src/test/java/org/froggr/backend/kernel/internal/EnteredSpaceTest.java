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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Binds in a private namespace that threads of the platform can enter. */
class EnteredSpaceTest {
    @FunctionalInterface
    private interface Body {
        void in(Sandbox box, Inhabitant inside, TestPresent present) throws Exception;
    }

    private static void inside(Sandbox.Root root, Body body) throws Exception {
        root.run(box -> {
            box.tmpfs(box.dir("a/sub"));
            box.dir("t");
            try (Inhabitant inside = Inhabitant.inMountNamespace()) {
                body.in(box, inside, new TestPresent(inside.entered()));
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void aBindIsSeenInsideOnly(Sandbox.Root root) throws Exception {
        inside(root, (box, inside, present) -> {
            String before = inside.mountInfo();
            String outside = box.table();
            long id = present.rbind(box.path("a"), box.path("t"), "ro");
            assertTrue(MountTable.parse(present.space().mountInfo()).find(id).isPresent());
            assertEquals(outside, box.table());
            inside.shell(box.path(""), "test -e \"$1/sub/mark\"", box.path("t"));
            present.unbind(id, box.path("t"));
            assertEquals(before, inside.mountInfo());
        });
    }

    @ParameterizedTest
    @EnumSource
    void aMountMadeInsideCanBeBoundInside(Sandbox.Root root) throws Exception {
        inside(root, (box, inside, present) -> {
            BytePath own = box.dir("own");
            inside.shell(box.path(""), "mount -t tmpfs inner \"$1\"; echo inner >\"$1/x\"", own);
            long id = present.bind(own, box.path("t"));
            inside.shell(box.path(""), "grep inner \"$1/x\"", box.path("t"));
            present.unbind(id, box.path("t"));
        });
    }

    @ParameterizedTest
    @EnumSource
    void inUseIsBusyAndLazilyItGoes(Sandbox.Root root) throws Exception {
        inside(root, (box, inside, present) -> {
            String before = inside.mountInfo();
            long id = present.rbind(box.path("a"), box.path("t"));
            int used = present.space().open(box.path("t/sub"));
            ErrnoException busy = assertThrows(ErrnoException.class, () -> present.unbind(id, box.path("t")));
            assertTrue(busy.is(Errno.EBUSY), busy.getMessage());
            present.unbind(id, box.path("t"), UnmountMode.LAZY);
            Fd.close(used);
            assertEquals(before, inside.mountInfo());
        });
    }

    @ParameterizedTest
    @EnumSource
    void whatCameFromOutsideLaterStaysOutside(Sandbox.Root root) throws Exception {
        inside(root, (box, inside, present) -> {
            box.dir("a/later");
            long id = present.rbind(box.path("a"), box.path("t"));
            box.tmpfs(box.path("a/later"));
            present.unbind(id, box.path("t"));
            assertEquals("later", box.read(box.path("a/later/mark")));
            assertFalse(inside.mountInfo().contains(box.path("t/").toString()));
            Mounts.umount(box.path("a/later"), 0);
        });
    }
}
