package org.froggr.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ThreadIdentityTest {
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private Scratch scratch;

    @BeforeEach
    void makeScratch() throws ErrnoException {
        scratch = new Scratch();
    }

    @AfterEach
    void removeScratch() throws ErrnoException {
        thread.shutdownNow();
        scratch.close();
    }

    private Stat made(String name) throws ErrnoException {
        Fd.close(Fd.openat(scratch.dir(), BytePath.of(name), Fd.O_WRONLY | Fd.O_CREAT | Fd.O_EXCL, 0666));
        return Stat.at(scratch.dir(), BytePath.of(name), false);
    }

    @Test
    void whatIsMadeBelongsToTheOther() throws Exception {
        assumeTrue(Ids.euid() == 0, "other ids need root");
        Stat before = made("before");
        thread.submit(() -> {
                    String status = status();
                    ThreadIdentity identity = ThreadIdentity.current();
                    assertEquals(0, identity.assume(1234, 2345, 027));
                    Stat other = made("other");
                    assertEquals(1234, other.uid());
                    assertEquals(2345, other.gid());
                    assertEquals(0640, other.permissions());
                    At.chown(scratch.dir(), BytePath.of("other"), 77, 88);
                    identity.restore();
                    assertEquals(status, status(), "ids and capabilities");
                    Stat own = made("own");
                    assertEquals(before.uid(), own.uid());
                    assertEquals(before.gid(), own.gid());
                    assertEquals(before.permissions(), own.permissions());
                    return null;
                })
                .get();
        assertEquals(77, Stat.at(scratch.dir(), BytePath.of("other"), false).uid(), "capabilities were kept");
    }

    /** Ids and capabilities of the calling thread, as proc(5) has them. */
    private static String status() throws IOException {
        return Files.readAllLines(Path.of("/proc/thread-self/status")).stream()
                .filter(line -> line.matches("(Uid|Gid|Groups|Cap.*|NoNewPrivs):.*"))
                .toList()
                .toString();
    }

    @Test
    void theOtherThreadsStayWhoTheyAre() throws Exception {
        Stat before = made("before");
        thread.submit(() -> ThreadIdentity.current().assume(-1, -1, 0777)).get();
        assertEquals(before.permissions(), made("after").permissions());
        int inThread = thread.submit(() -> made("there").permissions()).get();
        assertEquals(0, inThread);
        thread.submit(() -> ThreadIdentity.current().restore()).get();
        assertEquals(before.permissions(), (int) thread.submit(() -> made("again").permissions()).get());
    }

    @Test
    void descriptorsCanBeRaised() throws ErrnoException {
        assertTrue(Limits.raiseDescriptors() >= 1024);
    }
}
