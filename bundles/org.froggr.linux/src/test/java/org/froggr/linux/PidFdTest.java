package org.froggr.linux;

import static org.froggr.linux.Errors.assertErrno;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import org.froggr.api.BytePath;
import org.froggr.api.ByteText;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.junit.jupiter.api.Test;

class PidFdTest {
    @Test
    void theEndIsNoticed() throws ErrnoException {
        try (Child child = Child.shell("read x");
                PidFd pidfd = PidFd.open(child.pid())) {
            assertFalse(pidfd.exited());
            assertFalse(pidfd.awaitExit(Duration.ofMillis(5)));
            pidfd.signal(0);
            child.closeInput();
            assertTrue(pidfd.awaitExit(Child.LIMIT));
            assertTrue(pidfd.exited());
            assertTrue(ProcStat.of(child.pid()).orElseThrow().isZombie());
            pidfd.signal(PidFd.SIGKILL);
            child.status();
            assertErrno(Errno.ESRCH, () -> pidfd.signal(PidFd.SIGKILL));
            assertErrno(Errno.ESRCH, () -> PidFd.open(child.pid()));
        }
    }

    @Test
    void aDescriptorIsFetched() throws ErrnoException {
        try (Child child = Child.shell("echo ready; exec sleep 100");
                PidFd pidfd = PidFd.open(child.pid())) {
            child.line();
            int stdout = pidfd.get(1);
            Fd.writeFully(stdout, ByteText.encode("from here\n"));
            Fd.close(stdout);
            assertEquals("from here", child.line());
            assertErrno(Errno.EBADF, () -> pidfd.get(99));
        }
    }

    @Test
    void statSurvivesAnyName() throws ErrnoException {
        ProcStat stat = ProcStat.parse(ByteText.encode(
                "12 (a) R (b\n) S 1 12 11 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 987654 1 2 3\n"));
        assertEquals(new ProcStat(12, "a) R (b\n", 'S', 1, 11, 987654), stat);
    }

    @Test
    void statOfRealProcesses() throws ErrnoException {
        long self = ProcessHandle.current().pid();
        try (Scratch scratch = new Scratch();
                Child child =
                        Child.shell("cp /bin/cat \"$1\" && exec \"$1\" -", scratch.path(") R (\n x").toString())) {
            child.closeInput();
            assertEquals("", child.output());
            ProcStat stat = ProcStat.of(child.pid()).orElseThrow();
            assertEquals(self, stat.parent());
            assertEquals(") R (\n x", stat.comm());
            assertTrue(stat.startTime() >= ProcStat.startTime(self));
            child.status();
            assertTrue(ProcStat.of(child.pid()).isEmpty());
            assertErrno(Errno.ESRCH, () -> ProcStat.startTime(child.pid()));
        }
    }

    @Test
    void processesAreLookedAt() throws ErrnoException {
        long self = ProcessHandle.current().pid();
        try (Child child = Child.shell("echo; read x")) {
            child.line();
            long pid = child.pid();
            assertTrue(Arrays.stream(Processes.all()).anyMatch(p -> p == pid));
            assertTrue(Processes.pss(pid) > 10_000 && Processes.pss(pid) < 10_000_000);
            assertTrue(Processes.rss(pid) >= Processes.pss(pid));
            assertEquals(3, Processes.descriptors(pid));
            assertEquals(Ids.euid(), Processes.euid(pid));
            assertEquals(Processes.mountNamespace(self), Processes.mountNamespace(pid));
            assertTrue(Processes.environment(pid, "NO_SUCH_NAME").isEmpty());
            assertArrayEquals(ByteText.encode("sh\0-c\0echo; read x\0sh\0"), Processes.commandLine(pid));
        }
        assertEquals(36, Processes.bootId().length());
        BytePath proc = BytePath.of("/proc");
        assertEquals(proc, assertErrno(Errno.EISDIR, () -> Processes.readFile(proc, 10)).path());
    }
}
