package org.froggr.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.OptionalLong;
import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.api.session.Caller;
import org.junit.jupiter.api.Test;

class PeersTest {
    private static final long OWN = ProcessHandle.current().pid();

    @Test
    void anOrdinaryCaller() throws ErrnoException {
        BytePath name = BytePath.of(new byte[] {'d', ' ', '\n', (byte) 0xff});
        try (Scratch scratch = new Scratch()) {
            At.mkdir(scratch.dir(), name, 0700);
            BytePath directory = scratch.path().resolve(name);
            Spawn spawn = Spawn.of(BytePath.of("/bin/sh")).arguments("sh", "-c", "read x").directory(directory);
            try (Child child = Child.start(spawn)) {
                Caller caller = Peers.caller(child.pid());
                assertEquals(child.pid(), caller.pid());
                assertEquals(directory, caller.workingDirectory());
                assertEquals(OptionalLong.of(Processes.mountNamespace(OWN)), caller.mountNamespace());
                assertFalse(caller.chrooted());
            }
        }
    }

    @Test
    void aCallerInAnotherNamespaceHasTheSameRoot() throws ErrnoException {
        assumeTrue(Ids.euid() == 0, "unshare -m needs root");
        try (Child child = Child.shell("exec unshare -m sh -c 'echo; read x'")) {
            child.line();
            Caller caller = Peers.caller(child.pid());
            assertNotEquals(OptionalLong.of(Processes.mountNamespace(OWN)), caller.mountNamespace());
            assertFalse(caller.chrooted());
        }
    }

    @Test
    void aCallerInAChroot() throws ErrnoException {
        assumeTrue(Ids.euid() == 0, "chroot needs root");
        String script = "chroot($ARGV[0]) or die; chdir('/'); $| = 1; print \"ready\\n\"; <STDIN>";
        try (Scratch scratch = new Scratch();
                Child child = Child.start(Spawn.of(BytePath.of("/usr/bin/perl"))
                        .arguments("perl", "-e", script)
                        .argument(scratch.path().bytes()))) {
            assertEquals("ready", child.line());
            assertTrue(Peers.caller(child.pid()).chrooted());
        }
    }
}
