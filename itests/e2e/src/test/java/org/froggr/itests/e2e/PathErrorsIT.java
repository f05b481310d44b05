package org.froggr.itests.e2e;

import static org.froggr.api.Fault.EMPTY_PATH;
import static org.froggr.api.Fault.LOOP;
import static org.froggr.api.Fault.NAME_TOO_LONG;
import static org.froggr.api.Fault.SAME_PATH;
import static org.froggr.api.Fault.SOURCE_MISSING;
import static org.froggr.api.Fault.TARGET_MISSING;
import static org.froggr.api.Fault.TYPE_MISMATCH;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.froggr.itests.harness.FrgTest;
import org.froggr.itests.harness.Froggr;
import org.froggr.itests.harness.Result;

/** Paths that cannot work are found before anything is changed. */
final class PathErrorsIT {
    private static final int LONGEST_MESSAGE = 1000;

    @FrgTest
    void missingSource(Froggr frg) {
        String target = frg.directory("t");
        String missing = frg.path("no such");
        frg.refuses(SOURCE_MISSING, frg.withMode("mount", missing, target)).naming(missing);
        frg.refuses(SOURCE_MISSING, frg.withMode("bind", "-r", missing, target)).naming(missing);
    }

    @FrgTest
    void missingTarget(Froggr frg) {
        String source = frg.directory("s");
        String missing = frg.path("no such");
        frg.refuses(TARGET_MISSING, frg.withMode("mount", source, missing))
                .naming(missing)
                .hinting("-c");
        frg.refuses(TARGET_MISSING, frg.withMode("bind", "-r", source, missing))
                .naming(missing)
                .hinting("-c");
    }

    @FrgTest
    void directoryOverFileAndFileOverDirectory(Froggr frg) {
        String directory = frg.directory("d");
        String file = frg.file("f", "");
        frg.refuses(TYPE_MISMATCH, frg.withMode("mount", directory, file)).naming(file);
        frg.refuses(TYPE_MISMATCH, frg.withMode("bind", "-r", file, directory)).naming(directory);
    }

    @FrgTest
    void sourceThatIsTheTarget(Froggr frg) {
        String directory = frg.directory("d");
        frg.sh("ln -s d link").ok();
        frg.refuses(SAME_PATH, frg.withMode("mount", directory, directory)).naming(directory);
        frg.refuses(SAME_PATH, frg.withMode("bind", "-r", frg.path("link"), directory))
                .naming(directory);
        frg.refuses(SAME_PATH, frg.withMode("mount", directory + "/", frg.path("./d/.")));
    }

    @FrgTest
    void namesThatAreTooLong(Froggr frg) {
        String target = frg.directory("t");
        String component = frg.path("c".repeat(256));
        Result refused = frg.refuses(NAME_TOO_LONG, frg.withMode("mount", component, target));
        assertTrue(refused.err().length() < LONGEST_MESSAGE, "the name is elided");
        String path = frg.work() + "/d".repeat(2100);
        assertTrue(path.length() > 4095, "longer than the kernel takes");
        refused = frg.refuses(NAME_TOO_LONG, frg.withMode("bind", "-r", target, path));
        assertTrue(refused.err().length() < LONGEST_MESSAGE, "the path is elided");
    }

    @FrgTest
    void emptyPaths(Froggr frg) {
        String directory = frg.directory("d");
        frg.refuses(EMPTY_PATH, frg.withMode("mount", "", directory));
        frg.refuses(EMPTY_PATH, frg.withMode("mount", directory, ""));
        frg.refuses(EMPTY_PATH, "unmount", "");
    }

    @FrgTest
    void danglingAndLoopingLinks(Froggr frg) {
        String target = frg.directory("t");
        frg.sh("ln -s nowhere dangling; ln -s loop2 loop1; ln -s loop1 loop2").ok();
        frg.refuses(SOURCE_MISSING, frg.withMode("mount", frg.path("dangling"), target))
                .naming(frg.path("dangling"))
                .says("nowhere");
        frg.refuses(LOOP, frg.withMode("mount", frg.path("loop1"), target))
                .naming(frg.path("loop1"))
                .says("loop2");
    }

    @FrgTest
    void dotsAndSlashesMeanWhatTheyMeanToTheKernel(Froggr frg) {
        frg.file("s/f", "f");
        frg.directory("t", "u", "deep/er");
        frg.sh("ln -s deep/er link").ok();
        String id = frg.mount("s/.", "t/");
        frg.inside(id, "cat", frg.path("t/f")).prints("f");
        // The kernel follows the link first: link/.. is deep, not the scratch directory.
        String other = frg.mount("-c", "s", "link/../made");
        frg.inside(other, "cat", frg.path("deep/made/f")).prints("f");
    }

    @FrgTest
    void aSourceThatIsSwappedIsTheOldOneOrTheNewOne(Froggr frg) {
        frg.file("dir/f", "f");
        frg.file("file", "");
        frg.directory("t");
        frg.sh("ln -s dir link").ok();
        try (var swapper = frg.startScript("while :; do ln -sfn file link; ln -sfn dir link; done")) {
            for (int i = 0; i < 30; i++) {
                Result result = frg.run(frg.withMode("mount", frg.path("link"), frg.path("t")));
                if (result.status() == 0) {
                    frg.inside(result.session(), "cat", frg.path("t/f")).prints("f");
                    frg.run("session", "-k", result.session()).ok();
                } else {
                    result.fails(TYPE_MISMATCH);
                }
            }
            assertTrue(swapper.isAlive());
        }
    }
}
