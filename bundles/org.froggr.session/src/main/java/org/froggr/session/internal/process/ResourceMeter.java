package org.froggr.session.internal.process;

import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.froggr.api.ErrnoException;
import org.froggr.api.session.Resource;
import org.froggr.linux.Processes;

/** Measures what the processes of a session use. Takes about a tenth of a millisecond a process of the machine. */
public final class ResourceMeter {
    private ResourceMeter() {}

    /** Reads one number of a process. */
    private interface Gauge {
        long read(long pid) throws ErrnoException;
    }

    /**
     * {@code processes}, {@code memory}, {@code descriptors} and {@code mounts}, each with its limit where
     * there is one. Descriptors are limited for each process: the limit is that of one times their number.
     *
     * @param anchor process id of the session's process, 0 while there is none
     * @param mounts how many entries the session has
     * @param mountLimit how many it may have
     */
    public static List<Resource> measure(long anchor, UUID id, int mounts, int mountLimit) {
        Set<Long> processes = new SessionProcesses(anchor, id).find();
        ProcessLimits limits = ProcessLimits.of(anchor);
        OptionalLong descriptors = limits.descriptors();
        long openFiles = sum(processes, Processes::descriptors);
        return List.of(
                Usage.count("processes", processes.size(), limits.processes()),
                Usage.bytes("memory", sum(processes, Processes::pss), limits.memory()),
                Usage.count("descriptors", openFiles, times(descriptors, processes.size())),
                Usage.count("mounts", mounts, OptionalLong.of(mountLimit)));
    }

    private static OptionalLong times(OptionalLong each, int count) {
        return each.isPresent() ? OptionalLong.of(each.getAsLong() * count) : each;
    }

    private static long sum(Set<Long> processes, Gauge gauge) {
        long sum = 0;
        for (long pid : processes) {
            try {
                sum += gauge.read(pid);
            } catch (ErrnoException e) {
                // It ended since it was found, and uses nothing.
                sum += 0;
            }
        }
        return sum;
    }
}
