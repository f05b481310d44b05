package org.froggr.itests.harness;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What there is at one moment besides the platform. A command that failed must not change it.
 *
 * @param mounts the mount table without the numbers of mounts, which anybody's mounts may take in between
 * @param processes command lines of the processes that run for the home, but for the platform itself
 * @param sessions names in {@code sessions/}
 * @param files kind, mode and path of everything in the scratch directory, not looking into mounts
 */
public record Snapshot(String mounts, List<String> processes, List<String> sessions, List<String> files) {
    /** A mount table of proc(5) without the numbers of the mounts and of their parents. */
    static String withoutNumbers(String mountTable) {
        return mountTable.lines().map(line -> line.split(" ", 3)[2] + "\n").collect(Collectors.joining());
    }

    /** Mount points of the table, escaped as the kernel does, in its order. */
    public List<String> mountPoints() {
        return mounts.lines().map(line -> line.split(" ")[2]).toList();
    }
}
