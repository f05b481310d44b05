package org.froggr.linux;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.annotation.versioning.ProviderType;

/** The kernel that runs. */
@ProviderType
public final class Kernel {
    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+).*");

    private Kernel() {}

    /** Its release as uname(2) has it, where the JVM takes {@code os.version} from. */
    public static String release() {
        return System.getProperty("os.version");
    }

    /** Whether it is of this version or a later one. */
    public static boolean atLeast(int major, int minor) {
        return isAtLeast(release(), major, minor);
    }

    static boolean isAtLeast(String release, int major, int minor) {
        Matcher version = VERSION.matcher(release);
        if (!version.matches()) {
            return false;
        }
        int hasMajor = Integer.parseInt(version.group(1));
        return hasMajor > major || (hasMajor == major && Integer.parseInt(version.group(2)) >= minor);
    }
}
