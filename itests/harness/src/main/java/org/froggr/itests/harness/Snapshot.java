package org.froggr.itests.harness;

import java.util.List;

/**
 * What there is at one moment besides the platform. A command that failed must not change it.
 *
 * @param mounts the mount table, byte for byte
 * @param processes command lines of the processes that run for the home, but for the platform itself
 * @param sessions names in {@code sessions/}
 * @param files kind, mode and path of everything in the scratch directory, not looking into mounts
 */
public record Snapshot(String mounts, List<String> processes, List<String> sessions, List<String> files) {
    /** Mount points of the table, escaped as the kernel does, in its order. */
    public List<String> mountPoints() {
        return mounts.lines().map(line -> line.split(" ")[4]).toList();
    }
}
