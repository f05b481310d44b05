package org.froggr.linux;

import java.util.List;
import java.util.OptionalInt;
import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The mount table of a namespace, {@code /proc/PID/mountinfo} of proc(5), byte for byte.
 */
@ProviderType
public final class MountInfo {
    /**
     * The table of the calling thread's namespace. {@code /proc/self} would be that of the process's
     * first thread, see {@link Namespaces#callIn}.
     */
    public static final BytePath THREAD_SELF = BytePath.of("/proc/thread-self/mountinfo");

    /** More than a table can be: 100,000 mounts (sysctl fs.mount-max) of a thousand bytes each. */
    private static final int MAX_BYTES = 100_000_000;

    private MountInfo() {}

    /**
     * One mount.
     *
     * @param id of the mount; may be used again after it is gone
     * @param parent id of the mount it lies on
     * @param major number of the device
     * @param minor number of the device
     * @param root directory of the file system that is the root of the mount
     * @param mountPoint where it is, seen from the root of the process whose table it is
     * @param options of the mount, such as {@code ro}
     * @param shared peer group it shares events with
     * @param master peer group it receives events from
     * @param type of file system, with its subtype: {@code fuse.froggr}
     * @param source what the file system says it came from
     * @param superOptions of the file system, separated by commas
     * @param rootDeleted whether {@code root} was removed since ({@code //deleted})
     * @param mountPointDeleted whether {@code mountPoint} was
     */
    @ProviderType
    public record Entry(
            int id,
            int parent,
            int major,
            int minor,
            BytePath root,
            BytePath mountPoint,
            List<String> options,
            OptionalInt shared,
            OptionalInt master,
            String type,
            BytePath source,
            String superOptions,
            boolean rootDeleted,
            boolean mountPointDeleted) {

        /** Device as {@link Stat#device()} gives it. */
        public long device() {
            return Stat.device(major, minor);
        }

        /** Whether the mount, or its file system, is read-only. */
        public boolean readOnly() {
            return options.contains("ro") || List.of(superOptions.split(",")).contains("ro");
        }
    }

    /**
     * Reads a table whole. The kernel gives it in pieces: a mount that comes or goes meanwhile may be in
     * it or not, every other one is in it exactly once.
     */
    public static byte[] readBytes(BytePath file) throws ErrnoException {
        return Processes.readFile(file, MAX_BYTES);
    }

    /** {@link #readBytes} and {@link #parse}. */
    public static List<Entry> read(BytePath file) throws ErrnoException {
        return parse(readBytes(file));
    }

    /**
     * The mounts, parents before children as the kernel lists them.
     *
     * @throws IllegalArgumentException if a line is not as proc(5) has it
     */
    public static List<Entry> parse(byte[] table) {
        return new MountInfoParser(table).parse();
    }
}
