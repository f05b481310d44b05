package org.froggr.itests.e2e;

import static org.froggr.itests.harness.World.ROOT;
import static org.froggr.itests.harness.World.USER;

import org.froggr.itests.harness.FrgTest;
import org.froggr.itests.harness.Froggr;
import org.froggr.itests.harness.Need;
import org.froggr.itests.harness.Running;
import org.froggr.itests.harness.Wait;

/** The bundle that serves local trees is replaced under the programs that use them. */
final class ServedUpdateIT {
    /** The backend's bundle is updated from its own file while programs read, write and search. */
    @FrgTest(
            value = {ROOT, USER},
            fresh = true)
    void updatingTheBackendIsNotNoticed(Froggr frg) {
        Need.program("fio");
        frg.sh("mkdir -p s/tree && cd s/tree && for d in $(seq 20); do mkdir $d && (cd $d && touch $(seq 50)); done")
                .ok();
        String id = frg.mount("-t", "served", frg.path("s"), frg.directory("x"));
        String fio = "cd \"$1\" && fio --name=v --filename=v --size=16m --rw=randwrite --bs=16k --verify=crc32c "
                + "--verify_fatal=1 --verify_state_save=0 --time_based --runtime=8 --output=\"$2\"";
        String find = "cd \"$1\" && echo begun && i=0; while [ $i -lt 60 ]; do i=$((i + 1)); "
                + "n=$(find tree -type f | wc -l); [ $n = 1000 ] || { echo found $n; exit 1; }; done; echo ended";
        String make = "cd \"$1\" && while [ ! -e \"$2\" ]; do echo x > m && cat m > /dev/null && mv m n && rm n || exit 1; done";
        try (Running writer = start(frg, id, fio, frg.path("fio.out"));
                Running maker = start(frg, id, make, frg.path("stop"));
                Running finder = start(frg, id, find)) {
            Wait.until("find runs", Froggr.LIMIT, () -> finder.outSoFar().contains("begun"));
            String bundle = frg.run("gogo", "lb -s").ok().lines().stream()
                    .filter(line -> line.contains("org.froggr.backend.local"))
                    .map(line -> line.strip().split("\\D+")[0])
                    .findFirst()
                    .orElseThrow();
            for (int update = 0; update < 15; update++) {
                frg.run("gogo", "felix:update ($.context getBundle " + bundle + ")")
                        .ok();
            }
            frg.sh("touch stop").ok();
            maker.end(Froggr.LIMIT).ok();
            finder.end(Froggr.LIMIT).ok().shows("ended");
            writer.end(Froggr.LIMIT).ok();
        }
        frg.sh("! grep -i 'verify.*fail\\|error=' fio.out").ok();
    }

    private static Running start(Froggr frg, String id, String script, String... more) {
        String[] words = new String[more.length + 4];
        words[0] = "-c";
        words[1] = script;
        words[2] = "sh";
        words[3] = frg.path("x");
        System.arraycopy(more, 0, words, 4, more.length);
        if (frg.world().isPrivileged()) {
            return frg.startScript("exec sh \"$@\"", words);
        }
        String[] line = new String[words.length + 4];
        System.arraycopy(new String[] {"exec", id, "--", "sh"}, 0, line, 0, 4);
        System.arraycopy(words, 0, line, 4, words.length);
        return frg.start(line);
    }
}
