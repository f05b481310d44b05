package org.froggr.api.session;

import java.util.Objects;
import java.util.OptionalLong;
import org.froggr.api.BytePath;

/**
 * From where a request comes: relative paths mean nothing without it. Immutable.
 */
public final class Caller {
    private static final Caller PLATFORM = new Caller(0, BytePath.ROOT, OptionalLong.empty(), false);

    private final long pid;
    private final BytePath workingDirectory;
    private final OptionalLong mountNamespace;
    private final boolean chrooted;

    private Caller(long pid, BytePath workingDirectory, OptionalLong mountNamespace, boolean chrooted) {
        this.pid = pid;
        this.workingDirectory = Objects.requireNonNull(workingDirectory);
        this.mountNamespace = mountNamespace;
        this.chrooted = chrooted;
    }

    /** The platform itself, in {@code /}. */
    public static Caller platform() {
        return PLATFORM;
    }

    /**
     * A process.
     *
     * @param pid its process id
     * @param workingDirectory absolute, as the process sees it
     * @param mountNamespace inode number of its mount namespace ({@code /proc/PID/ns/mnt}, namespaces(7))
     * @param chrooted whether its root directory is not that of the platform
     */
    public static Caller process(long pid, BytePath workingDirectory, long mountNamespace, boolean chrooted) {
        return new Caller(pid, workingDirectory, OptionalLong.of(mountNamespace), chrooted);
    }

    /** The same caller in another directory. */
    public Caller in(BytePath directory) {
        return new Caller(pid, directory, mountNamespace, chrooted);
    }

    /** Its process id, 0 for the platform. */
    public long pid() {
        return pid;
    }

    /** What its relative paths start from. */
    public BytePath workingDirectory() {
        return workingDirectory;
    }

    /** Inode number of its mount namespace; empty for the platform's own. */
    public OptionalLong mountNamespace() {
        return mountNamespace;
    }

    /** Whether its root directory is not that of the platform. */
    public boolean chrooted() {
        return chrooted;
    }

    /** The path that {@code path} means to this caller: absolute, otherwise as given. */
    public BytePath absolute(BytePath path) {
        return workingDirectory.resolve(path);
    }
}
