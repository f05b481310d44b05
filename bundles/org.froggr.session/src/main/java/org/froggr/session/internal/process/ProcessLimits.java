package org.froggr.session.internal.process;

import java.util.OptionalLong;
import org.froggr.api.BytePath;

/**
 * What the kernel grants a process: {@code /proc/PID/limits} (proc(5), getrlimit(2)) and the memory of
 * its control group (cgroups(7)).
 */
final class ProcessLimits {
    private static final BytePath CGROUPS = BytePath.of("/sys/fs/cgroup");

    private final String limits;
    private final String cgroup;

    private ProcessLimits(String limits, String cgroup) {
        this.limits = limits;
        this.cgroup = cgroup;
    }

    /** Of a process; where it cannot be known there is no limit. */
    static ProcessLimits of(long pid) {
        return new ProcessLimits(
                ProcText.find(BytePath.of("/proc/" + pid + "/limits")).orElse(""),
                ProcText.find(BytePath.of("/proc/" + pid + "/cgroup")).orElse(""));
    }

    /** Processes of its user. */
    OptionalLong processes() {
        return soft("Max processes");
    }

    /** Descriptors of each process. */
    OptionalLong descriptors() {
        return soft("Max open files");
    }

    private OptionalLong soft(String name) {
        return limits.lines()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).strip().split("\\s+")[0])
                .filter(value -> value.matches("\\d{1,18}"))
                .mapToLong(Long::parseLong)
                .findFirst();
    }

    /** Bytes that all processes of its group may have together: the least from it to the top. */
    OptionalLong memory() {
        OptionalLong least = OptionalLong.empty();
        for (BytePath group = group(); group.startsWith(CGROUPS); group = group.parent()) {
            OptionalLong max = ProcText.number(group.resolve("memory.max"));
            if (max.isPresent() && (least.isEmpty() || max.getAsLong() < least.getAsLong())) {
                least = max;
            }
        }
        return least;
    }

    /** The line of version 2 is {@code 0::/path}. */
    private BytePath group() {
        return cgroup.lines()
                .filter(line -> line.startsWith("0::/"))
                .map(line -> BytePath.of(CGROUPS + line.substring(3)).withoutTrailingSlashes())
                .findFirst()
                .orElse(CGROUPS);
    }
}
