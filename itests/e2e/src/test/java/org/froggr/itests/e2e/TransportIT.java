package org.froggr.itests.e2e;

import static org.froggr.itests.harness.World.ROOT;
import static org.froggr.itests.harness.World.USER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.froggr.itests.harness.FrgTest;
import org.froggr.itests.harness.Froggr;
import org.froggr.itests.harness.Processes;
import org.froggr.itests.harness.Result;
import org.froggr.itests.harness.Running;

/** The way between frg and the platform, in bad weather. */
final class TransportIT {
    @FrgTest({ROOT, USER})
    void manyClientsAtOnce(Froggr frg) {
        frg.run("session", "new", "--private", "--name", "there").session();
        frg.sh(
                        """
                        i=0
                        while [ $i -lt 100 ]; do
                            "$FRG" session -l >out.$i 2>&1 || echo failed >failed.$i &
                            i=$((i + 1))
                        done
                        wait
                        cat failed.* 2>/dev/null
                        grep -L there out.*
                        """)
                .prints("");
        frg.sh("grep -c there out.0").prints("1");
    }

    @FrgTest({ROOT, USER})
    void requestsLargerThanAPipeTakes(Froggr frg) {
        String[] many = Stream.concat(
                        Stream.of("session", "-k"),
                        IntStream.range(0, 1200).mapToObj(i -> "nosuch" + "x".repeat(90) + i))
                .toArray(String[]::new);
        assertEquals(66, frg.run(many).status());
    }

    @FrgTest({ROOT, USER})
    void outputLargerThanAPipeTakesIsWholeAndInOrder(Froggr frg) {
        frg.run("gogo", "echo " + "y".repeat(100_000)).prints("y".repeat(100_000));
    }

    @FrgTest({ROOT, USER})
    void withSmallPipes(Froggr frg) {
        // A reader that takes a byte at a time, seldom.
        frg.sh("\"$FRG\" gogo \"echo $(printf '%020000d' 7)\" | dd bs=1 count=20001 2>/dev/null | wc -c")
                .prints("20001");
    }

    @FrgTest({ROOT, USER})
    void aSlowReaderHarmsNobody(Froggr frg) {
        try (Running stopped = frg.startScript("exec \"$FRG\" gogo \"echo $(printf '%0100000d' 7)\" | sleep 600")) {
            for (int i = 0; i < 20; i++) {
                frg.run("session", "-l").ok();
            }
            assertTrue(stopped.isAlive());
        }
        frg.run("session", "-l").ok();
    }

    @FrgTest({ROOT, USER})
    void closedStandardStreams(Froggr frg) {
        for (String closing : new String[] {"<&-", ">&-", "2>&-", "<&- >&-", "<&- >&- 2>&-"}) {
            frg.sh("\"$FRG\" session -l " + closing + "; test $? -ne 70").ok();
            frg.run("session", "-l").ok();
        }
        frg.sh("\"$FRG\" session -l | :").ok();
        frg.sh("\"$FRG\" session -l >/dev/full; test $? -ne 0").ok();
    }

    @FrgTest(
            value = {ROOT, USER},
            fresh = true)
    void garbageInTheControlPipe(Froggr frg) {
        frg.run("session", "-l").ok();
        for (String garbage :
                new String[] {"garbage\\n", "\\000\\377\\001", "-1 -1\\n", "99999999999999999999 1\\n", "\\n\\n"}) {
            frg.sh(
                            """
                            exec 7<>"$FROGGR_HOME/platform/ctl"
                            printf "$1" >&7
                            head -c 3000 /dev/urandom >&7
                            """,
                            garbage)
                    .ok();
            frg.run("session", "-l").ok();
        }
        assertEquals(
                1,
                Processes.withCommand("-Dfroggr.home=" + frg.home() + " ").size(),
                "and it is still the same platform");
    }

    @FrgTest(
            value = {ROOT, USER},
            fresh = true)
    void pipesThatAreDeletedDuringUse(Froggr frg) {
        String id = frg.run("session", "new", "--private").session();
        long platform = frg.platform();
        frg.sh("find \"$FROGGR_HOME/platform\" -type p -delete").ok();
        frg.run("session", "-l").ok().shows(id.substring(0, 8));
        frg.run("session", "-l").ok().shows(id.substring(0, 8));
        assertEquals(platform, frg.platform());
    }

    @FrgTest(
            value = {ROOT, USER},
            fresh = true)
    void pipesThatBecomeUnreadableDuringUse(Froggr frg) {
        String id = frg.run("session", "new", "--private").session();
        long platform = frg.platform();
        frg.sh("find \"$FROGGR_HOME/platform\" -type p -exec chmod 000 {} +").ok();
        frg.run("session", "-l").ok().shows(id.substring(0, 8));
        frg.run("session", "-l").ok().shows(id.substring(0, 8));
        assertEquals(platform, frg.platform());
    }

    @FrgTest(
            value = {ROOT, USER},
            fresh = true)
    void theSocketAloneIsEnough(Froggr frg) {
        String id = frg.run("session", "new", "--private").session();
        // A directory in the place of a pipe cannot be mended by somebody who may not remove it.
        frg.sh(
                        """
                        cd "$FROGGR_HOME/platform" || exit
                        rm -rf ctl slots && mkdir ctl && : >ctl/in-the-way && : >slots
                        """)
                .ok();
        frg.run("session", "-l").ok().shows(id.substring(0, 8));
        String name = "a 'b' \"c\"\n" + org.froggr.api.ByteText.decode(new byte[] {(byte) 0xff});
        frg.run(frg.withMode("mount", frg.path(name), frg.work()))
                .fails(org.froggr.api.Fault.SOURCE_MISSING)
                .naming(frg.path(name));
        frg.sh("rm -rf \"$FROGGR_HOME/platform/ctl\" \"$FROGGR_HOME/platform/slots\"")
                .ok();
    }

    @FrgTest(value = ROOT, fresh = true)
    void aPlatformThatDoesNotAnswerIsGivenUpOn(Froggr frg) {
        frg.run("session", "-l").ok();
        var loops = Processes.withCommand("frg-platform").stream()
                .filter(pid -> Processes.of(frg.home()).contains(pid))
                .toList();
        // With the loop stopped as well, nobody replaces it.
        loops.forEach(pid -> Processes.signal("STOP", pid));
        Processes.signal("STOP", frg.platform());
        try (Running command = frg.start("session", "-l")) {
            Result result = command.end(Duration.ofSeconds(120));
            result.require(result.status() == 69 || result.status() == 75, "UNAVAILABLE or TRY_AGAIN");
        } finally {
            Processes.signal("CONT", frg.platform());
            loops.forEach(pid -> Processes.signal("CONT", pid));
        }
        frg.run("session", "-l").ok();
    }
}
