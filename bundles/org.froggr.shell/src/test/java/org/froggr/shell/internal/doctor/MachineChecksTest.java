package org.froggr.shell.internal.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.froggr.api.BytePath;
import org.froggr.spi.doctor.Finding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks of the machine, with files of a machine that is set otherwise. */
class MachineChecksTest {
    @TempDir
    private Path root;

    private void set(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text + "\n");
    }

    private BytePath machine() {
        return BytePath.of(root.toString());
    }

    private static List<String> objects(List<Finding> findings, String code) {
        return findings.stream()
                .filter(finding -> finding.code().equals(code))
                .map(finding -> finding.object().orElse("-"))
                .toList();
    }

    @Test
    void timeoutsOfRequestsAreReported() throws Exception {
        set("proc/sys/fs/fuse/default_request_timeout", "0");
        set("proc/sys/fs/fuse/max_request_timeout", "120");
        assertEquals(
                List.of("fs.fuse.max_request_timeout"),
                objects(new KernelCheck(machine()).examine(), "REQUEST_TIMEOUT"));
    }

    @Test
    void aLowLimitOfDescriptorsIsReported() throws Exception {
        set("proc/self/limits", "Max open files            256                  256                  files");
        assertEquals(List.of("RLIMIT_NOFILE"), objects(new LimitsCheck(machine()).examine(), "FEW_DESCRIPTORS"));
        set("proc/self/limits", "Max open files            256                  20000                files");
        assertEquals(List.of(), objects(new LimitsCheck(machine()).examine(), "FEW_DESCRIPTORS"));
        set("proc/self/limits", "Max open files            256                  unlimited            files");
        assertEquals(List.of(), objects(new LimitsCheck(machine()).examine(), "FEW_DESCRIPTORS"));
    }

    @Test
    void lowSettingsAreReported() throws Exception {
        set("proc/sys/fs/inotify/max_user_instances", "8");
        set("proc/sys/fs/inotify/max_user_watches", "100000");
        set("proc/sys/fs/mount-max", "1");
        set("proc/sys/fs/pipe-user-pages-hard", "64");
        assertEquals(
                List.of("fs.inotify.max_user_instances", "fs.mount-max", "fs.pipe-user-pages-hard"),
                objects(new LimitsCheck(machine()).examine(), "LOW_LIMIT"));
    }

    @Test
    void aGroupThatIsNearlyFullOfTasksIsReported() throws Exception {
        set("proc/self/cgroup", "0::/user.slice");
        set("sys/fs/cgroup/user.slice/pids.max", "100");
        set("sys/fs/cgroup/user.slice/pids.current", "79");
        assertEquals(List.of(), objects(new LimitsCheck(machine()).examine(), "FEW_PROCESSES"));
        set("sys/fs/cgroup/user.slice/pids.current", "81");
        assertEquals(
                List.of("/sys/fs/cgroup/user.slice/pids.max"),
                objects(new LimitsCheck(machine()).examine(), "FEW_PROCESSES"));
        set("sys/fs/cgroup/user.slice/pids.max", "max");
        assertEquals(List.of(), objects(new LimitsCheck(machine()).examine(), "FEW_PROCESSES"));
    }

    @Test
    void programsThatAreMissingAreReported() throws Exception {
        List<Finding> findings = new ProgramsCheck(root.toString()).examine();
        assertTrue(objects(findings, "NO_PROGRAM").containsAll(List.of("sh", "unshare", "nsenter")));
        assertTrue(findings.stream().allMatch(finding -> finding.advice().isPresent()));
        assertEquals(List.of(), new ProgramsCheck().examine());
    }

    /** Needs no privilege to be right: as an ordinary user it tells what the version says. */
    @Test
    void thisKernelCanDoWhatThisMachineIsUsedFor() throws Exception {
        List<Finding> findings = new KernelCheck().examine();
        assertEquals(List.of(), objects(findings, "NO_CALL"));
        assertEquals(List.of(), objects(findings, "OLD_KERNEL"));
    }
}
