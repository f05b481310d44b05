package org.froggr.session.internal.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.froggr.api.BytePath;
import org.froggr.api.session.SessionMode;
import org.froggr.linux.Fd;
import org.froggr.linux.Ids;
import org.froggr.linux.Mounts;
import org.froggr.linux.OwnedFd;
import org.froggr.linux.PidFd;
import org.froggr.linux.ProcStat;
import org.froggr.linux.Spawn;
import org.froggr.linux.Stat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each way to keep a mount busy, in the namespace of a private session. */
@Timeout(60)
class HoldersTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final List<Anchor> programs = new ArrayList<>();
    private TestHome home;
    private Anchor anchor;
    private BytePath mountPoint;
    private long mountId;

    @BeforeEach
    void mount() throws Exception {
        assumeTrue(Ids.euid() == 0, "needs root: mounts in a namespace");
        home = new TestHome();
        mountPoint = BytePath.of(Files.createDirectory(home.root().resolve("a mount")).toString());
        anchor = home.launch(SessionMode.PRIVATE);
        mountId = anchor.space().call(() -> {
            Mounts.mount(BytePath.of("none"), mountPoint, "tmpfs", 0, null);
            return Stat.at(Fd.AT_FDCWD, mountPoint, true).mountId();
        });
    }

    @AfterEach
    void end() throws Exception {
        if (home != null) {
            home.close();
        }
    }

    /** Starts a program inside, and waits until it is what it was started as. */
    private long start(Spawn spawn, String comm) throws Exception {
        long pid = anchor.space().call(spawn::start);
        programs.add(home.keep(Anchor.of(anchor.id(), pid, ProcStat.startTime(pid), PidFd.open(pid))));
        while (!ProcStat.of(pid).orElseThrow().comm().equals(comm)) {
            Thread.onSpinWait();
        }
        return pid;
    }

    private static Spawn sleep() {
        return Spawn.of(BytePath.of("/bin/sleep")).arguments("sleep", "1000");
    }

    private BytePath copy(Path program, String name) throws Exception {
        BytePath copy = mountPoint.resolve(name);
        byte[] bytes = Files.readAllBytes(program);
        return anchor.space().call(() -> {
            try (OwnedFd fd = OwnedFd.of(Fd.open(copy, Fd.O_WRONLY | Fd.O_CREAT, 0755))) {
                Fd.writeFully(fd.number(), bytes);
            }
            return copy;
        });
    }

    @Test
    void findsNobody() {
        assertEquals(List.of(), Holders.of(mountId));
        assertEquals(List.of(), Holders.inNamespace(anchor.mountNamespace(), anchor.pid()));
    }

    @Test
    void findsAWorkingDirectory() throws Exception {
        long pid = start(sleep().directory(mountPoint), "sleep");
        assertEquals(List.of(new Holder(pid, "sleep", mountPoint, "working directory")), Holders.of(mountId));
        assertEquals(
                List.of(new Holder(pid, "sleep", mountPoint, "process")),
                Holders.inNamespace(anchor.mountNamespace(), anchor.pid()));
    }

    @Test
    void findsAProgramAndItsName() throws Exception {
        BytePath copy = copy(Path.of("/bin/sleep"), "nap");
        long pid = start(Spawn.of(copy).arguments("sleep", "1000"), "nap");
        assertEquals(List.of(new Holder(pid, "nap", copy, "program")), Holders.of(mountId));
    }

    @Test
    void findsAnOpenFile() throws Exception {
        BytePath copy = copy(Path.of("/etc/passwd"), "a file");
        int fd = anchor.space().open(copy);
        long pid = start(sleep().descriptor(7, fd), "sleep");
        Fd.close(fd);
        assertEquals(List.of(new Holder(pid, "sleep", copy, "open file")), Holders.of(mountId));
    }

    @Test
    void findsAMappedLibrary() throws Exception {
        Optional<Path> library = library();
        assumeTrue(library.isPresent(), "needs libm.so.6 where it is usually kept");
        BytePath copy = copy(library.get(), "libm");
        // LD_PRELOAD cannot hold a space.
        Path link = Files.createSymbolicLink(home.root().resolve("link"), Path.of(mountPoint.toString()));
        long pid = start(sleep().environment("LD_PRELOAD", link + "/libm"), "sleep");
        List<Holder> holders = Holders.of(mountId);
        while (holders.isEmpty()) {
            holders = Holders.of(mountId);
        }
        assertEquals(List.of(new Holder(pid, "sleep", copy, "mapped file")), holders);
    }

    private static Optional<Path> library() {
        return Stream.of("/lib/x86_64-linux-gnu", "/lib/aarch64-linux-gnu", "/lib64", "/usr/lib")
                .map(dir -> Path.of(dir, "libm.so.6"))
                .filter(Files::exists)
                .findFirst();
    }

    @Test
    void tellsItsOwnProcessesAndThoseThatEndedFromOthers() throws Exception {
        long child = start(sleep(), "sleep");
        assertTrue(Holders.isOwnOrGone(holder(ProcessHandle.current().pid())));
        assertTrue(Holders.isOwnOrGone(holder(child)));
        assertFalse(Holders.isOwnOrGone(holder(1)));
        programs.get(0).terminate(LIMIT);
        assertTrue(Holders.isOwnOrGone(holder(child)));
    }

    private Holder holder(long pid) {
        return new Holder(pid, "any", mountPoint, "open file");
    }

    @Test
    void findsNobodyAnyMore() throws Exception {
        start(sleep().directory(mountPoint), "sleep");
        programs.get(0).terminate(LIMIT);
        assertEquals(List.of(), Holders.of(mountId));
    }
}
