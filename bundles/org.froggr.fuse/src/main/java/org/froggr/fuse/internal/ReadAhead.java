package org.froggr.fuse.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How much the kernel reads ahead of a program. INIT cannot set more than the system's default, 128 KiB; root
 * can, in {@code /sys/class/bdi} (Documentation/ABI/testing/sysfs-class-bdi). Sequential reads gain by half.
 */
final class ReadAhead {
    private static final String KIBIBYTES = String.valueOf(Request.MAX_DATA / 1024);

    private ReadAhead() {}

    /**
     * Sets it for the mount that is served by this descriptor. Does nothing where that is not permitted, or
     * before Linux 6.17, which does not say in {@code /proc/self/fdinfo} which mount that is.
     */
    static void raise(int device) {
        try {
            Optional<String> minor = Files.readAllLines(Path.of("/proc/self/fdinfo/" + device)).stream()
                    .filter(line -> line.startsWith("fuse_connection:"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst();
            if (minor.isPresent()) {
                Files.writeString(Path.of("/sys/class/bdi/0:" + minor.get() + "/read_ahead_kb"), KIBIBYTES);
            }
        } catch (IOException e) {
            // An ordinary user: the default stays
        }
    }
}
