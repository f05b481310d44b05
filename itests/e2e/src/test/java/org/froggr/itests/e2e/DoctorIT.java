package org.froggr.itests.e2e;

import static org.froggr.itests.harness.World.ROOT;
import static org.froggr.itests.harness.World.ROOT_SHARED;
import static org.froggr.itests.harness.World.USER;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.froggr.itests.harness.FrgTest;
import org.froggr.itests.harness.Froggr;
import org.froggr.itests.harness.MissingCalls;
import org.froggr.itests.harness.Processes;
import org.froggr.itests.harness.Result;
import org.froggr.itests.harness.Running;
import org.froggr.itests.harness.Wait;

/** Each kind of damage, made for real: it is found, a rehearsal changes nothing, and --fix mends it if it may. */
final class DoctorIT {
    private static final int WRONG = 78;
    private static final int UNAVAILABLE = 69;
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String ID = "11111111-2222-4333-8444-555555555555";

    /** Keeps the device of a connection that nobody serves, mounted where a session had its own. */
    private static final String ORPHAN =
            """
            mkdir -p -m 700 "$FROGGR_HOME/sessions/%1$s/fs"
            exec 9<>/dev/fuse
            mount -i -t fuse.froggr -o fd=9,rootmode=40000,user_id=0,group_id=0 froggr "$FROGGR_HOME/sessions/%1$s/fs"
            exec sleep 300
            """
                    .formatted(ID);

    private static void clean(Froggr frg) {
        Result done = frg.run("doctor", "--json").ok();
        done.require(codes(done).isEmpty(), "no finding");
    }

    private static List<String> codes(Result done) {
        return StreamSupport.stream(done.json().path("findings").spliterator(), false)
                .map(finding -> finding.path("code").asText())
                .distinct()
                .sorted()
                .toList();
    }

    private static JsonNode finding(Result done, String code) {
        for (JsonNode finding : done.json().path("findings")) {
            if (finding.path("code").asText().equals(code)) {
                return finding;
            }
        }
        throw new AssertionError("no finding " + code + ": " + done);
    }

    /** These are found and mendable: a rehearsal leaves them, --fix does not. */
    private static void mends(Froggr frg, List<String> found) {
        for (String option : new String[] {"--json", "--dry-run"}) {
            Result done = frg.run("doctor", "--json", option).status(WRONG);
            assertEquals(found, codes(done), done.toString());
        }
        frg.run("doctor", "--dry-run").status(WRONG).shows("  would    ");
        frg.run("doctor", "--fix").ok().shows("  mended   ");
        clean(frg);
    }

    /** These are found and not for Froggr to mend. */
    private static Result reports(Froggr frg, String code) {
        Result done = frg.run("doctor", "--fix", "--json").status(WRONG);
        assertEquals(List.of(code), codes(done), done.toString());
        return done;
    }

    private static void set(Froggr frg, String line) {
        frg.sh("mkdir -p -m 700 \"$FROGGR_HOME/etc\" && echo \"$1\" >\"$FROGGR_HOME/etc/org.froggr.session.cfg\"", line)
                .ok();
    }

    @FrgTest({ROOT, ROOT_SHARED, USER})
    void nothingIsWrongWithAMachineThatIsInUse(Froggr frg) {
        clean(frg);
        frg.file("a/f", "f");
        frg.directory("b", "t", "u");
        frg.mount(frg.path("a"), frg.path("t"));
        frg.bind("-a", frg.path("b"), frg.path("u"));
        frg.run("session", "new", "--private").session();
        clean(frg);
        frg.run("doctor").ok().shows("nothing is wrong");
        frg.run("doctor", "-q").ok().prints("");
        frg.run("gogo", "froggr:doctor").ok().shows("nothing is wrong");
    }

    @FrgTest(
            value = {ROOT, USER},
            fresh = true)
    void filesThatAreStaleOrOpen(Froggr frg) {
        frg.run("session", "-l").ok();
        frg.sh("cd \"$FROGGR_HOME/platform\" && : >slots/90.req && touch -d '5 minutes ago' slots/90.req").ok();
        mends(frg, List.of("STALE_FILE"));
        frg.sh("test ! -e \"$FROGGR_HOME/platform/slots/90.req\"").ok();
        frg.sh("chmod 644 \"$FROGGR_HOME/platform/platform.log\"; chmod 755 \"$FROGGR_HOME/etc\"").ok();
        mends(frg, List.of("WRONG_MODE"));
        frg.sh("stat -c %a \"$FROGGR_HOME/platform/platform.log\" \"$FROGGR_HOME/etc\"").prints("600\n700");
    }

    @FrgTest(
            value = {ROOT, USER},
            fresh = true)
    void aSessionsDirectory(Froggr frg) {
        set(frg, "pingSeconds=3600");
        String id = frg.run("session", "new", "--private").session();
        String cd = "cd \"$FROGGR_HOME/sessions/$1\" && ";
        frg.sh(cd + "rm ctl && echo no pipe >ctl && chmod 644 session.json && echo '{' >session.json.bad-1", id).ok();
        mends(frg, List.of("BAD_PIPE", "SET_ASIDE", "WRONG_MODE"));
        frg.sh(cd + "test -p ctl && test ! -e session.json.bad-1 && stat -c %a ctl session.json", id)
                .prints("600\n600");
        frg.sh(cd + "echo mine >notes", id).ok();
        reports(frg, "UNKNOWN_FILE");
        frg.sh(cd + "cat notes && rm notes", id).prints("mine");
        clean(frg);
    }

    @FrgTest(
            value = {ROOT, USER},
            fresh = true)
    void aDirectoryWithoutASession(Froggr frg) {
        frg.run("session", "-l").ok();
        frg.sh("mkdir -m 700 \"$FROGGR_HOME/sessions/$1\"", ID).ok();
        mends(frg, List.of("ORPHAN_DIRECTORY"));
        frg.sh("ls -A \"$FROGGR_HOME/sessions\"").prints("");
    }

    @FrgTest(
            value = {ROOT, USER},
            fresh = true)
    void aProcessWithoutASession(Froggr frg) {
        frg.run("session", "-l").ok();
        String anchor =
                """
                mkdir "$FROGGR_HOME/sessions/$1" && mkfifo pipe && exec 0<>pipe 6<>pipe 5<"$FROGGR_HOME/sessions/$1" &&
                rmdir "$FROGGR_HOME/sessions/$1" && exec sh "${FRG%/bin/frg}/lib/frg-anchor" froggr-session "$1"
                """;
        Running stray = frg.startScript(anchor, ID);
        Wait.until("it is found", SOON, () -> frg.run("doctor").status() == WRONG);
        Result found = frg.run("doctor", "--json").status(WRONG);
        assertEquals(ID, finding(found, "STRAY_PROCESS").path("session").asText());
        assertEquals(
                "froggr-" + ID.substring(0, 8),
                finding(found, "STRAY_PROCESS").path("holder").path("program").asText());
        mends(frg, List.of("STRAY_PROCESS"));
        stray.end(SOON);
    }

    @FrgTest(
            value = {ROOT, USER},
            fresh = true)
    void aSessionInQuarantine(Froggr frg) {
        String id = frg.run("session", "new", "--private", "--recovery", "quarantine").session();
        Processes.signal("KILL", frg.anchor(id));
        Wait.until("it is in quarantine", SOON, () -> frg.state(id).equals("FAILED"));
        Result found = frg.run("doctor", "--fix", "--json").status(WRONG);
        assertEquals(id, finding(found, "QUARANTINED").path("session").asText());
        assertEquals("NOTE", finding(found, "INCIDENT").path("severity").asText());
        frg.run("session", "-k", id).ok();
        clean(frg);
    }

    @FrgTest(
            value = {ROOT},
            fresh = true)
    void aConnectionThatNobodyServes(Froggr frg) {
        frg.run("session", "-l").ok();
        Running holder = frg.startRootScript(ORPHAN);
        Wait.until("it is mounted", SOON, () -> frg.mountTable().contains(ID));
        Running waiting = frg.startScript("exec ls \"$FROGGR_HOME/sessions/$1/fs\"", ID);
        Wait.until("it is waited for", SOON, () -> waits(frg) > 0);
        Result found = frg.run("doctor", "--json").status(WRONG);
        assertEquals("sleep", finding(found, "HUNG_CONNECTION").path("holder").path("program").asText());
        mends(frg, List.of("HUNG_CONNECTION", "ORPHAN_DIRECTORY", "ORPHAN_MOUNT"));
        waiting.end(SOON).says("not connected");
        frg.rootly("kill " + finding(found, "HUNG_CONNECTION").path("holder").path("pid").asText());
        holder.end(SOON);
    }

    private static long waits(Froggr frg) {
        String script = "number=$(sed -n \"s:.* 0\\:\\([0-9]*\\) / [^ ]*/$1/fs .*:\\1:p\" /proc/self/mountinfo)"
                + " && cat /sys/fs/fuse/connections/$number/waiting";
        String waiting = frg.sh(script, ID).out().strip();
        return waiting.isEmpty() ? 0 : Long.parseLong(waiting);
    }

    @FrgTest(
            value = {ROOT},
            fresh = true)
    void whatNobodyOwnsIsSweptInTime(Froggr frg) {
        set(frg, "sweepSeconds=1");
        frg.run("session", "-l").ok();
        Running holder = frg.startRootScript(ORPHAN);
        Wait.until("it is mounted", SOON, () -> frg.mountTable().contains(ID));
        frg.startScript("exec ls \"$FROGGR_HOME/sessions/$1/fs\"", ID).end(SOON).says("not connected");
        Wait.until("it is unmounted", SOON, () -> !frg.mountTable().contains(ID));
        Wait.until("its directory is gone", SOON, () -> frg.sh("ls \"$FROGGR_HOME/sessions\"").out().isEmpty());
        frg.sh("grep -c 'aborted$' \"$FROGGR_HOME/platform/platform.log\"").prints("1");
        Result notes = frg.run("doctor", "--json").ok();
        assertEquals(List.of("SWEPT"), codes(notes));
        Processes.of(frg.home()).stream()
                .filter(pid -> Processes.command(pid).startsWith("sleep "))
                .forEach(pid -> Processes.signal("TERM", pid));
        holder.end(SOON);
    }

    @FrgTest(
            value = {ROOT},
            fresh = true)
    void aForeignMountIsLeftAlone(Froggr frg) {
        frg.run("session", "-l").ok();
        frg.rootly("mount -t tmpfs -o mode=700 foreign \"$FROGGR_HOME/etc\"");
        Result done = reports(frg, "FOREIGN_MOUNT");
        assertEquals(frg.home() + "/etc", finding(done, "FOREIGN_MOUNT").path("object").asText());
        frg.rootly("umount \"$FROGGR_HOME/etc\"");
        clean(frg);
    }

    @FrgTest(
            value = {ROOT},
            fresh = true)
    void aSmallHomeThatIsFull(Froggr frg) {
        frg.rootly("mount -t tmpfs -o size=16m,mode=700 home \"$FROGGR_HOME\"");
        clean(frg);
        // A heartbeat that has no block yet could not be written any more: that is another damage.
        Wait.until("a heartbeat", SOON, () -> frg.sh("test -s \"$FROGGR_HOME/platform/heartbeat\"").status() == 0);
        frg.sh("umask 077; dd if=/dev/zero of=\"$FROGGR_HOME/platform/history\" bs=4096 2>/dev/null; true").ok();
        reports(frg, "HOME_FULL");
        frg.sh("rm \"$FROGGR_HOME/platform/history\"").ok();
        clean(frg);
        frg.crashAll();
        frg.rootly("umount -l \"$FROGGR_HOME\"");
    }

    @FrgTest(
            value = {ROOT, USER},
            fresh = true)
    void fewDescriptors(Froggr frg) {
        frg.sh("ulimit -n 512 && \"$FRG\" session -l").ok();
        Result done = reports(frg, "FEW_DESCRIPTORS");
        assertEquals("RLIMIT_NOFILE", finding(done, "FEW_DESCRIPTORS").path("object").asText());
        frg.stopPlatform();
        clean(frg);
    }

    @FrgTest(
            value = {ROOT, USER},
            fresh = true)
    void aCallThatIsFiltered(Froggr frg) {
        int pidfdGetfd = 438;
        frg.under(MissingCalls.words(Path.of(frg.home()).resolveSibling("filter.bpf"), 460, pidfdGetfd));
        assertEquals("pidfd_getfd(2)", finding(reports(frg, "NO_CALL"), "NO_CALL").path("object").asText());
    }

    @FrgTest(
            value = {ROOT, USER},
            fresh = true)
    void withoutAPlatform(Froggr frg) {
        frg.set("FROGGR_JAVA_HOME", "/nonexistent");
        frg.run("doctor").status(UNAVAILABLE).says("UNAVAILABLE").shows("programs: FAULT NO_JAVA: ");
        Result json = frg.run("doctor", "--json").status(UNAVAILABLE);
        assertEquals(List.of("NO_JAVA"), codes(json));
        frg.set("FROGGR_JAVA_HOME", null);
        frg.sh("chmod 755 \"$FROGGR_HOME\"").ok();
        frg.run("doctor").status(UNAVAILABLE).shows("home: FAULT WRONG_MODE: ").shows("  --fix    chmod 0700");
        frg.run("doctor", "--dry-run").status(UNAVAILABLE).shows("  would    chmod 0700");
        frg.sh("stat -c %a \"$FROGGR_HOME\"").prints("755");
        frg.run("doctor", "--fix").ok().shows("  mended   chmod 0700").shows("nothing is wrong");
        clean(frg);
    }

    @FrgTest(
            value = {ROOT, USER},
            fresh = true)
    void aPlatformThatDoesNotAnswer(Froggr frg) {
        frg.set("FROGGR_DOCTOR_SECONDS", "3");
        frg.run("session", "-l").ok();
        String stop =
                "for f in supervisor pid; do read -r pid _ <\"$FROGGR_HOME/platform/$f\" && kill -$1 $pid; done";
        frg.sh(stop, "STOP").ok();
        frg.run("doctor").status(UNAVAILABLE).shows("platform: FAULT STOPPED: ").shows("kill -CONT " + frg.platform());
        frg.sh(stop, "CONT").ok();
        frg.set("FROGGR_DOCTOR_SECONDS", null);
        clean(frg);
    }
}
