package org.froggr.linux;

import static org.froggr.linux.Errors.assertErrno;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileInputStream;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.froggr.api.BytePath;
import org.froggr.api.ByteText;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.junit.jupiter.api.Test;

class SpawnTest {
    private static final BytePath SH = BytePath.of("/bin/sh");
    private static final byte[] STRANGE = {'a', ' ', '\n', (byte) 0xff, '\'', '=', (byte) 0xc3};

    @Test
    void argumentsAndVariablesAreBytes() throws ErrnoException {
        Spawn spawn = Spawn.of(SH)
                .argument("froggr 1a2b")
                .arguments("-c", "echo ready; read x", "zero")
                .argument(STRANGE)
                .argument("")
                .environment("NAME", ByteText.decode(STRANGE));
        try (Child child = Child.start(spawn)) {
            assertEquals("ready", child.line());
            String expected = "froggr 1a2b\0-c\0echo ready; read x\0zero\0" + ByteText.decode(STRANGE) + "\0\0";
            assertArrayEquals(ByteText.encode(expected), Processes.commandLine(child.pid()));
            assertArrayEquals(STRANGE, Processes.environment(child.pid(), "NAME").orElseThrow());
            assertEquals(1, Processes.environment(child.pid()).size());
        }
    }

    @Test
    void onlyGivenDescriptorsArePassed() throws Exception {
        // Java's own streams are open, some without close-on-exec, and so are JVM and JNA.
        int[] pipe = Fd.pipe();
        try (FileInputStream other = new FileInputStream("/proc/self/status");
                Child child = Child.start(Spawn.of(SH)
                        .arguments("sh", "-c", "echo ready; read x")
                        .descriptor(7, pipe[1])
                        .descriptor(pipe[0], pipe[0]))) {
            assertTrue(other.available() >= 0);
            child.line();
            BytePath proc = BytePath.of("/proc/" + child.pid() + "/fd");
            try (OwnedFd fds = OwnedFd.of(Fd.open(proc, Fd.O_RDONLY, 0))) {
                List<String> numbers = At.list(fds.number()).stream().map(BytePath::toString).toList();
                assertEquals(List.of("0", "1", "2", "7", Integer.toString(pipe[0])), numbers);
            }
        } finally {
            Fd.closeQuietly(pipe);
        }
    }

    @Test
    void swappedDescriptorsDoNotOverwriteEachOther() throws ErrnoException {
        int[] a = Fd.pipe();
        int[] b = Fd.pipe();
        String script = "echo one >/dev/fd/" + a[1] + "; echo two >/dev/fd/" + b[1];
        long pid = Spawn.of(SH)
                .arguments("sh", "-c", script)
                .descriptor(a[1], b[1])
                .descriptor(b[1], a[1])
                .start();
        Fd.closeQuietly(a[1], b[1]);
        assertEquals("two\n", ByteText.decode(Fd.readFully(a[0], 100)));
        assertEquals("one\n", ByteText.decode(Fd.readFully(b[0], 100)));
        assertEquals(OptionalInt.of(0), Spawn.await(pid, Child.LIMIT));
        Fd.closeQuietly(a[0], b[0]);
    }

    @Test
    void missingStandardStreamsAreNull() throws ErrnoException {
        long pid = Spawn.of(SH)
                .arguments("sh", "-c", "read x; [ /dev/stdin -ef /dev/null ] && [ /dev/stderr -ef /dev/null ]")
                .start();
        assertEquals(OptionalInt.of(0), Spawn.await(pid, Child.LIMIT));
    }

    @Test
    void aNewSessionIsLed() throws ErrnoException {
        try (Child child = Child.start(Spawn.of(SH).arguments("sh", "-c", "echo; read x").newSession());
                Child plain = Child.start(Spawn.of(SH).arguments("sh", "-c", "echo; read x"))) {
            assertEquals(child.pid(), ProcStat.of(child.pid()).orElseThrow().session());
            assertNotEquals(plain.pid(), ProcStat.of(plain.pid()).orElseThrow().session());
        }
    }

    @Test
    void noSignalIsIgnoredOrBlocked() throws ErrnoException {
        try (Child child = Child.start(Spawn.of(BytePath.of("/bin/cat")).arguments("cat", "/proc/self/status"))) {
            List<String> lines = child.output().lines().toList();
            // glibc ignores its own two, 32 and 33, in children of posix_spawn
            assertEquals(0, signals(lines, "SigIgn:") & ~0x180000000L);
            assertEquals(0, signals(lines, "SigBlk:"));
        }
    }

    private static long signals(List<String> status, String key) {
        String line = status.stream().filter(l -> l.startsWith(key)).findFirst().orElseThrow();
        return Long.parseLong(line.substring(key.length()).strip(), 16);
    }

    @Test
    void theDirectoryIsSet() throws ErrnoException {
        try (Scratch scratch = new Scratch();
                Child root = Child.shell("pwd");
                Child there = Child.start(Spawn.of(SH)
                        .arguments("sh", "-c", "pwd")
                        .directory(scratch.directory("a\tb")))) {
            assertEquals("/", root.line());
            assertEquals(scratch.path("a\tb").toString(), there.line());
        }
    }

    @Test
    void whatCannotStartSaysWhy() throws ErrnoException {
        BytePath missing = BytePath.of("/nonexistent/program");
        assertEquals(missing, assertErrno(Errno.ENOENT, () -> Spawn.of(missing).start()).path());
        assertErrno(Errno.EACCES, () -> Spawn.of(BytePath.of("/etc/passwd")).start());
        assertErrno(Errno.ENOENT, () -> Spawn.of(SH).directory(missing).start());
        assertErrno(Errno.EBADF, () -> Spawn.of(SH).descriptor(3, 100_000).start());
    }

    @Test
    void endsAreToldAsAShellDoes() throws ErrnoException {
        try (Child exits = Child.shell("exit 42");
                Child waits = Child.shell("read x")) {
            assertEquals(42, exits.status());
            assertErrno(Errno.ECHILD, () -> Spawn.reap(exits.pid()));
            assertEquals(OptionalInt.empty(), Spawn.reap(waits.pid()));
            assertEquals(OptionalInt.empty(), Spawn.await(waits.pid(), Duration.ofMillis(1)));
            try (PidFd pidfd = PidFd.open(waits.pid())) {
                pidfd.signal(PidFd.SIGTERM);
            }
            assertEquals(128 + PidFd.SIGTERM, waits.status());
        }
    }

    @Test
    void nothingLeaks() throws ErrnoException {
        long self = ProcessHandle.current().pid();
        Spawn.await(Spawn.of(BytePath.of("/bin/true")).start(), Child.LIMIT);
        int before = Processes.descriptors(self);
        for (int i = 0; i < 20; i++) {
            long pid = Spawn.of(BytePath.of("/bin/true")).descriptor(5, 2).start();
            assertEquals(OptionalInt.of(0), Spawn.await(pid, Child.LIMIT));
        }
        assertEquals(before, Processes.descriptors(self));
    }
}
