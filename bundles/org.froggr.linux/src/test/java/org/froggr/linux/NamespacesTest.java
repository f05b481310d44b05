package org.froggr.linux;

import static org.froggr.linux.Errors.assertErrno;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.junit.jupiter.api.Test;

class NamespacesTest {
    private static final BytePath OWN = BytePath.of("/proc/thread-self/ns/mnt");

    private static long current() throws ErrnoException {
        return Stat.at(Fd.AT_FDCWD, OWN, true).inode();
    }

    @Test
    void mountsAreMadeInAnotherNamespace() throws ErrnoException {
        assumeTrue(Ids.euid() == 0, "unshare -m needs root");
        long here = current();
        try (Scratch scratch = new Scratch();
                Child child = Child.shell("exec unshare -m --propagation slave sh -c 'echo; read x; ls \"$0\"' \"$1\"",
                        scratch.path("target").toString())) {
            scratch.file("f", "");
            scratch.directory("target");
            child.line();
            try (OwnedFd there = OwnedFd.of(Namespaces.openMount(child.pid()))) {
                long inode = Namespaces.callIn(there.number(), () -> {
                    Mounts.mount(scratch.path(), scratch.path("target"), null, Mounts.MS_BIND, null);
                    return current();
                });
                assertEquals(Processes.mountNamespace(child.pid()), inode);
            }
            assertEquals(here, current(), "this thread stayed");
            assertFalse(At.exists(Fd.AT_FDCWD, scratch.path("target/f")));
            child.closeInput();
            assertEquals("f\ntarget\n", child.output());
        }
    }

    @Test
    void aSharedThreadCannotMove() throws ErrnoException {
        assumeTrue(Ids.euid() == 0, "setns needs root");
        try (OwnedFd own = OwnedFd.of(Namespaces.openMount(ProcessHandle.current().pid()))) {
            assertErrno(Errno.EINVAL, () -> Namespaces.setns(own.number(), Namespaces.CLONE_NEWNS));
            Thread caller = Thread.currentThread();
            Thread used = Namespaces.callIn(own.number(), Thread::currentThread);
            assertNotEquals(caller, used);
        }
    }

    @Test
    void whatIsThrownComesBack() {
        assertErrno(Errno.EBADF, () -> Namespaces.callIn(100_000, () -> null));
        FroggrException e = assertThrows(
                FroggrException.class,
                () -> Namespaces.<Void, FroggrException>callIsolated(() -> {
                    throw FroggrException.of(Fault.BUSY, "busy");
                }));
        assertEquals(Fault.BUSY, e.fault());
        assertThrows(AssertionError.class, () -> Namespaces.callIsolated(() -> {
            throw new AssertionError();
        }));
    }

    @Test
    void anInterruptIsKeptForLater() throws ErrnoException {
        Thread.currentThread().interrupt();
        assertEquals(5, Namespaces.<Integer, RuntimeException>callIsolated(() -> 5));
        assertTrue(Thread.interrupted());
    }
}
