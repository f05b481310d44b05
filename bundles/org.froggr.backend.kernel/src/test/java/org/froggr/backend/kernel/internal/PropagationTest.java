package org.froggr.backend.kernel.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.api.session.UnmountMode;
import org.froggr.linux.Mounts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What happens below a source shows below its target, never the other way round. */
class PropagationTest {
    private final TestPresent present = new TestPresent(new OwnSpace());

    @Test
    void whatIsMountedBelowTheSourceLaterComesAndGoesWithIt() throws Exception {
        Sandbox.Root.SHARED.run(box -> {
            BytePath source = box.dir("a");
            BytePath target = box.dir("t");
            box.dir("a/sub");
            String before = box.table();
            long id = present.bind(source, target);
            box.tmpfs(source.resolve("sub"));
            assertEquals("sub", box.read(target.resolve("sub/mark")));
            Mounts.umount(source.resolve("sub"), 0);
            assertFalse(box.exists(target.resolve("sub/mark")));
            present.unbind(id, target);
            assertEquals(before, box.table());
        });
    }

    @ParameterizedTest
    @EnumSource
    void undoingTheBindLeavesWhatCameLaterToTheSource(UnmountMode mode) throws Exception {
        Sandbox.Root.SHARED.run(box -> {
            BytePath source = box.dir("a");
            BytePath target = box.dir("t");
            box.dir("a/sub");
            long id = present.rbind(source, target);
            box.tmpfs(source.resolve("sub"));
            box.tmpfs(box.dir("a/sub/deep"));
            present.unbind(id, target, mode);
            assertEquals("deep", box.read(source.resolve("sub/deep/mark")));
            assertFalse(box.table().contains(target.toString()), box.table());
        });
    }

    @ParameterizedTest
    @EnumSource
    void whatIsMountedBelowTheTargetStaysThere(Sandbox.Root root) throws Exception {
        root.run(box -> {
            BytePath source = box.dir("a");
            BytePath target = box.dir("t");
            box.dir("a/sub");
            long id = present.bind(source, target);
            box.tmpfs(target.resolve("sub"));
            assertFalse(box.exists(source.resolve("sub/mark")));
            Mounts.umount(target.resolve("sub"), 0);
            present.unbind(id, target);
        });
    }

    @ParameterizedTest
    @EnumSource
    void aBindMadeByOthersThatSharesWithItsSourceIsUndoneWithoutHarm(UnmountMode mode) throws Exception {
        Sandbox.Root.SHARED.run(box -> {
            BytePath source = box.dir("a");
            BytePath target = box.dir("t");
            box.tmpfs(box.dir("a/sub"));
            String before = box.table();
            Mounts.mount(source, target, null, Mounts.MS_BIND | Mounts.MS_REC, null);
            present.unbind(box.topmost(target), target, mode);
            assertEquals(before, box.table());
            assertEquals("sub", box.read(source.resolve("sub/mark")));
        });
    }

    @ParameterizedTest
    @EnumSource
    void theSameSeenThroughAnotherBindOfItsParentGoesToo(UnmountMode mode) throws Exception {
        Sandbox.Root.SHARED.run(box -> {
            BytePath source = box.dir("a");
            BytePath target = box.dir("p/t");
            BytePath mirror = box.dir("mirror");
            box.tmpfs(box.dir("a/sub"));
            Mounts.mount(box.path("p"), mirror, null, Mounts.MS_BIND, null);
            String before = box.table();
            long id = present.rbind(source, target);
            assertTrue(box.exists(mirror.resolve("t/sub/mark")));
            present.unbind(id, target, mode);
            assertEquals(before, box.table());
        });
    }

    @Test
    void whatAPersonMountedBelowIsNoSourceOfItselfWhenSeenTwice() throws Exception {
        Sandbox.Root.SHARED.run(box -> {
            BytePath target = box.dir("p/t");
            box.dir("a/own");
            Mounts.mount(box.path("p"), box.dir("mirror"), null, Mounts.MS_BIND, null);
            long id = present.bind(box.path("a"), target);
            box.tmpfs(target.resolve("own"));
            String before = box.table();
            assertThrows(
                    ErrnoException.class, () -> present.unbind(id, target));
            assertEquals(before, box.table());
        });
    }

    @Test
    void anotherNamespaceSeesTheBindComeAndGo() throws Exception {
        Sandbox.Root.SHARED.run(box -> {
            BytePath target = box.dir("t");
            box.tmpfs(box.dir("a/sub"));
            try (Inhabitant other = Inhabitant.inMountNamespace()) {
                String before = other.mountInfo();
                long id = present.rbind(box.path("a"), target);
                assertTrue(other.mountInfo().contains(target.resolve("sub").toString()));
                present.unbind(id, target);
                assertEquals(before, other.mountInfo());
            }
        });
    }
}
