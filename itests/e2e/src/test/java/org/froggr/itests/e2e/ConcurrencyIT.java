package org.froggr.itests.e2e;

import static org.froggr.itests.harness.World.ROOT;
import static org.froggr.itests.harness.World.USER;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.froggr.itests.harness.FrgTest;
import org.froggr.itests.harness.Froggr;
import org.froggr.itests.harness.Processes;
import org.froggr.itests.harness.Running;

/** Several people, or scripts, at once. */
final class ConcurrencyIT {
    @FrgTest(
            value = {ROOT, USER},
            fresh = true)
    void manyStartsAtOnceMakeOnePlatform(Froggr frg) {
        List<Running> all =
                IntStream.range(0, 8).mapToObj(i -> frg.start("session", "-l")).toList();
        all.forEach(command -> command.end(Froggr.LIMIT).ok());
        assertEquals(
                1, Processes.withCommand("-Dfroggr.home=" + frg.home() + " ").size());
    }

    @FrgTest
    void manyMountsOnOneTargetAreOneSessionAndOneMount(Froggr frg) {
        String source = frg.directory("s");
        String target = frg.directory("t");
        List<Running> all = IntStream.range(0, 20)
                .mapToObj(i -> frg.start(frg.withMode("mount", source, target)))
                .toList();
        assertEquals(
                1,
                all.stream()
                        .map(command -> command.end(Froggr.LIMIT).session())
                        .distinct()
                        .count());
        assertEquals(1, frg.sessions().size());
        assertEquals(1, frg.sessions().get(0).path("mounts").asInt());
        frg.run("unmount", target).ok();
        assertEquals(0, frg.sessions().size());
    }

    @FrgTest
    void manyMountsOnManyTargets(Froggr frg) {
        String source = frg.directory("s");
        List<Running> all = IntStream.range(0, 20)
                .mapToObj(i -> frg.start(frg.withMode("mount", "-c", source, frg.path("t" + i))))
                .toList();
        assertEquals(
                20,
                all.stream()
                        .map(command -> command.end(Froggr.LIMIT).session())
                        .distinct()
                        .count());
        List<Running> ends = IntStream.range(0, 20)
                .mapToObj(i -> frg.start("unmount", frg.path("t" + i)))
                .toList();
        ends.forEach(command -> command.end(Froggr.LIMIT).ok());
        frg.sh("ls").prints("s");
    }

    @FrgTest
    void mountsAndUnmountsOfOneTargetDoNotLoseEachOther(Froggr frg) {
        String source = frg.directory("s");
        String target = frg.directory("t");
        String script = "i=0; while [ $i -lt 15 ]; do \"$FRG\" \"$@\" >out.$1 2>&1; s=$?; case $s in 0|65|75) ;; "
                + "*) cat out.$1; exit $s;; esac; i=$((i + 1)); done";
        Running mounts = frg.startScript(script, frg.withMode("mount", source, target));
        Running unmounts = frg.startScript(script, "unmount", target);
        mounts.end(Froggr.LIMIT).ok().prints("");
        unmounts.end(Froggr.LIMIT).ok().prints("");
        frg.run("session", "-p").ok();
    }
}
