package org.froggr.itests.posix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.froggr.api.Errno;
import org.froggr.itests.posix.Result.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunnerTest {
    @TempDir
    private Path mount;

    private Result run(Case.Body body, Need... needs) throws Exception {
        return run(null, Duration.ofSeconds(20), body, needs).get(0);
    }

    private List<Result> run(User user, Duration limit, Case.Body body, Need... needs) throws Exception {
        Settings settings = new Settings(mount.toString(), user, null, 10, 1, limit);
        Chapter chapter = new Chapter("x").test("first", body, needs).test("second", site -> Names.touch("f"));
        try (Runner runner = new Runner(settings, EnumSet.of(Need.PROC))) {
            return List.of(
                    runner.run(chapter.cases().get(0)), runner.run(chapter.cases().get(1)));
        }
    }

    private long leftInMount() throws Exception {
        try (Stream<Path> files = Files.list(mount)) {
            return files.count();
        }
    }

    @Test
    void passes() throws Exception {
        assertEquals(Verdict.PASS, run(site -> Names.mkdir("d")).verdict());
        assertEquals(0, leftInMount());
    }

    @Test
    void tellsExpectedAndActualErrnoByName() throws Exception {
        Result result = run(site -> Check.fails(Errno.EEXIST, () -> Names.rmdir("absent")));
        assertEquals(Verdict.FAIL, result.verdict());
        assertTrue(result.detail().startsWith("rmdir absent: expected EEXIST, got ENOENT"), result.detail());
    }

    @Test
    void failsWhereAnErrorWasExpected() throws Exception {
        Result result = run(site -> Check.fails(Errno.EEXIST, () -> Names.mkdir("d")));
        assertEquals("expected EEXIST, succeeded", result.detail());
    }

    @Test
    void tellsAnUnexpectedError() throws Exception {
        Result result = run(site -> Names.unlink("absent"));
        assertEquals("unlink absent: expected success, got ENOENT", result.detail());
    }

    @Test
    void removesWhateverWasMade() throws Exception {
        run(site -> {
            Names.mkdirs("a/b/c");
            Names.touch("a/b/c/\udcff\n");
            Names.symlink("absent", "a/s");
            Names.chmod("a/b", 0);
            Fds.open("a/b/..", Linux.O_RDONLY);
        });
        assertEquals(0, leftInMount());
    }

    @Test
    void closesWhatWasLeftOpen() throws Exception {
        run(site -> {
            Fds.open("f", Linux.O_RDWR | Linux.O_CREAT, 0644);
            Worker worker = site.start(() -> Fds.open("g", Linux.O_RDWR | Linux.O_CREAT, 0644));
            worker.finish();
        });
        try (Stream<Path> fds = Files.list(Path.of("/proc/self/fd"))) {
            assertFalse(fds.anyMatch(fd -> {
                try {
                    return Files.readSymbolicLink(fd).startsWith(mount);
                } catch (java.io.IOException e) {
                    return false;
                }
            }));
        }
    }

    @Test
    void skipsWhatNeedsWhatIsNotThere() throws Exception {
        Result result = run(site -> {}, Need.XATTR);
        assertEquals(Verdict.SKIP, result.verdict());
        assertTrue(result.detail().contains("XATTR"), result.detail());
    }

    @Test
    void goesOnAfterACaseThatHangs() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        List<Result> results = run(null, Duration.ofMillis(300), site -> never.await());
        assertEquals(Verdict.FAIL, results.get(0).verdict());
        assertTrue(results.get(0).detail().startsWith("hangs: "), results.get(0).detail());
        assertEquals(Verdict.PASS, results.get(1).verdict());
        never.countDown();
    }

    @Test
    void eachCaseHasAWorkingDirectoryOfItsOwn() throws Exception {
        String before = Path.of("/proc/self/cwd").toRealPath().toString();
        List<Result> results = run(null, Duration.ofSeconds(20), site -> Check.same(
                site.directory(), Names.getcwd(), "working directory"));
        assertEquals(Verdict.PASS, results.get(0).verdict(), results.get(0).detail());
        assertEquals(before, Path.of("/proc/self/cwd").toRealPath().toString());
    }

    @Test
    void peersShareTheDirectoryAndAnswerErrors() throws Exception {
        Result result = run(site -> {
            Peer peer = site.peer();
            peer.run(() -> Names.touch("his"));
            Check.that(Names.exists("his"), "the other process's file is here");
            Check.that(peer.pid() != ProcessHandle.current().pid(), "it is another process");
            Check.fails(Errno.ENOENT, () -> peer.run(() -> Names.unlink("absent")));
        });
        assertEquals(Verdict.PASS, result.verdict(), result.detail());
    }

    @Test
    void aPeersFailureIsTheCases() throws Exception {
        Result result = run(site -> site.peer().run(() -> Check.same(1, 2, "number")));
        assertTrue(result.detail().startsWith("number: expected 1, got 2"), result.detail());
    }

    @Test
    void runsAsAnotherUserOnThatThreadOnly() throws Exception {
        assumeTrue(User.current().root(), "root, to become others");
        Files.setPosixFilePermissions(
                mount, java.nio.file.attribute.PosixFilePermissions.fromString("rwxrwxrwx"));
        List<Result> results = run(User.BOB, Duration.ofSeconds(20), site -> {
            Names.touch("f");
            Check.same(User.BOB.uid(), Stat.of("f").uid(), "owner");
            site.peer().run(() -> Names.touch("g"));
            Check.same(User.BOB.uid(), Stat.of("g").uid(), "owner of the other process's file");
        });
        assertEquals(Verdict.PASS, results.get(0).verdict(), results.get(0).detail());
        assertEquals(0, User.current().uid());
    }

    @Test
    void probesFeaturesWithoutLeavingAnything() throws Exception {
        Set<Need> found = Features.of(mount.toString());
        assertTrue(found.contains(Need.ENTRY_TYPES) || found.contains(Need.HOLES), found.toString());
        assertEquals(0, leftInMount());
    }
}
