package org.froggr.session.internal.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.froggr.api.session.SessionMode;
import org.froggr.linux.Fd;
import org.froggr.linux.Ids;
import org.froggr.linux.OwnedFd;
import org.froggr.linux.PidFd;
import org.froggr.linux.ProcStat;
import org.froggr.linux.Processes;
import org.froggr.session.internal.store.SessionDirectory;
import org.froggr.spi.presentation.MountSpace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AnchorLauncherTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private TestHome home;

    @BeforeEach
    void makeHome() throws Exception {
        home = new TestHome();
    }

    @AfterEach
    void removeHome() throws Exception {
        home.close();
    }

    @Test
    void startsAProcessThatAnswersAndEnds() throws Exception {
        Anchor anchor = home.launch(SessionMode.SHARED);
        assertTrue(anchor.alive());
        assertTrue(anchor.ping(LIMIT));
        assertEquals(ProcStat.startTime(anchor.pid()), anchor.processStart());
        assertEquals(MountSpace.Access.OWN, anchor.space().access());
        assertEquals(Processes.mountNamespace(ProcessHandle.current().pid()), anchor.mountNamespace());
        assertTrue(anchor.sharesNamespace());

        anchor.terminate(LIMIT);
        assertFalse(anchor.alive());
        assertTrue(ProcStat.of(anchor.pid()).isEmpty(), "reaped");
        assertFalse(anchor.ping(LIMIT));
        anchor.terminate(LIMIT);
    }

    @Test
    void isNotSpokenToAnyMoreWhenClosed() throws Exception {
        Anchor anchor = home.launch(SessionMode.SHARED);
        assertTrue(anchor.ping(LIMIT));
        Anchor second = home.launcher(true)
                .adopt(anchor.id(), anchor.pid(), anchor.processStart(), SessionMode.SHARED)
                .orElseThrow();
        second.close();
        assertFalse(second.alive());
        assertFalse(second.ping(LIMIT));
        assertTrue(anchor.ping(LIMIT), "but it lives");
    }

    @Test
    void killsOneThatDoesNotEndByItself() throws Exception {
        Anchor anchor = home.launch(SessionMode.SHARED);
        assertTrue(anchor.ping(LIMIT));
        anchor.pidFd().signal(PidFd.SIGSTOP);
        assertTrue(anchor.ping(LIMIT), "a stopped one is continued");
        anchor.pidFd().signal(PidFd.SIGKILL);
        assertTrue(anchor.pidFd().awaitExit(LIMIT));
        assertFalse(anchor.alive(), "a zombie is dead");
        assertEquals('Z', ProcStat.of(anchor.pid()).orElseThrow().state());
    }

    @Test
    void answersWhenItsFilesWereRemoved() throws Exception {
        Anchor anchor = home.launch(SessionMode.SHARED);
        try (var files = Files.list(home.root().resolve("sessions/" + anchor.id()))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        assertTrue(anchor.ping(LIMIT));
    }

    @Test
    void holdsTheLockAndThePipesOfItsSession() throws Exception {
        UUID id = UUID.randomUUID();
        SessionDirectory directory = home.session(id);
        Anchor anchor = home.keep(home.launcher(true).launch(id, directory, SessionMode.SHARED));
        try (OwnedFd dir = OwnedFd.of(directory.openDirectory())) {
            assertFalse(Fd.flock(dir.number(), true, false));
            int ctl = Fd.openat(dir.number(), SessionDirectory.CTL, Fd.O_WRONLY | Fd.O_NONBLOCK, 0);
            Fd.close(ctl);
            anchor.terminate(LIMIT);
            assertTrue(Fd.flock(dir.number(), true, false));
            ErrnoException e = assertThrows(
                    ErrnoException.class,
                    () -> Fd.openat(dir.number(), SessionDirectory.CTL, Fd.O_WRONLY | Fd.O_NONBLOCK, 0));
            assertTrue(e.is(Errno.ENXIO), "nobody has it open any more");
        }
    }

    @Test
    void leaksNoDescriptors() throws Exception {
        cycle(SessionMode.SHARED);
        cycle(SessionMode.PRIVATE);
        long before = OpenDescriptors.count(home.root());
        for (int i = 0; i < 5; i++) {
            cycle(SessionMode.SHARED);
            cycle(SessionMode.PRIVATE);
        }
        assertEquals(before, OpenDescriptors.count(home.root()));
    }

    private void cycle(SessionMode mode) throws Exception {
        UUID id = UUID.randomUUID();
        try (Anchor anchor = home.launcher(Ids.euid() == 0).launch(id, home.session(id), mode)) {
            assertTrue(anchor.ping(LIMIT));
            anchor.terminate(LIMIT);
        }
    }

    @Test
    void aPrivateOneOfRootHasAMountNamespaceThatThreadsEnter() throws Exception {
        assumeTrue(Ids.euid() == 0, "needs root: enters a mount namespace");
        Anchor anchor = home.launch(SessionMode.PRIVATE);
        assertEquals(MountSpace.Access.ENTERED, anchor.space().access());
        assertFalse(anchor.userNamespace());
        PrivateSpaceCheck.check(anchor, home.root());
        assertThrows(ErrnoException.class, () -> anchor.space().run(PrivateSpaceCheck.bind(home.root())));
    }

    @Test
    void aPrivateOneWithoutPrivilegeMountsByItself() throws Exception {
        Anchor anchor = home.launch(SessionMode.PRIVATE, false);
        assertEquals(MountSpace.Access.BY_PROCESS, anchor.space().access());
        assertTrue(anchor.userNamespace());
        assertEquals(Ids.euid(), Processes.euid(anchor.pid()), "the caller's uid is kept");
        PrivateSpaceCheck.check(anchor, home.root());
        ErrnoException e = assertThrows(ErrnoException.class, () -> anchor.space().call(() -> 0));
        assertTrue(e.is(Errno.EPERM));
    }

    @Test
    void aFailingProgramTellsTheKernelsError() throws Exception {
        Anchor anchor = home.launch(SessionMode.PRIVATE, false);
        BytePath missing = BytePath.of(home.root().resolve("missing").toString());
        List<BytePath> mount = PrivateSpaceCheck.command("mount", "--bind", missing, missing);
        ErrnoException e = assertThrows(ErrnoException.class, () -> anchor.space().run(mount));
        assertTrue(e.is(Errno.ENOENT), e.getMessage());
        List<BytePath> unmount = PrivateSpaceCheck.command("umount", home.path());
        e = assertThrows(ErrnoException.class, () -> anchor.space().run(unmount));
        assertTrue(e.is(Errno.EINVAL), e.getMessage());
        assertEquals(home.path(), e.path());
        assertTrue(anchor.ping(LIMIT));
    }

    @Test
    void namespacesAreNotTheSame() throws Exception {
        Anchor first = home.launch(SessionMode.PRIVATE);
        Anchor second = home.launch(SessionMode.PRIVATE);
        assertNotEquals(first.mountNamespace(), second.mountNamespace());
        assertNotEquals(first.mountNamespace(), Processes.mountNamespace(ProcessHandle.current().pid()));
    }

    @Test
    void aMissingScriptIsTold() throws Exception {
        AnchorLauncher launcher = new AnchorLauncher(home.path(), home.path(), home.log.logger);
        UUID id = UUID.randomUUID();
        SessionDirectory directory = home.session(id);
        FroggrException e =
                assertThrows(FroggrException.class, () -> launcher.launch(id, directory, SessionMode.SHARED));
        assertEquals(Fault.CANNOT_CREATE, e.fault());
        assertEquals(home.path().resolve("lib/frg-anchor"), e.path().orElseThrow());
    }
}
