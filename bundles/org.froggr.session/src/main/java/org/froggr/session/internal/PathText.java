package org.froggr.session.internal;

import java.util.Arrays;
import org.froggr.api.BytePath;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;

/** What can be said about a path before the kernel is asked. */
final class PathText {
    private static final int SHOWN = 24;

    private PathText() {}

    /**
     * @param what {@code source} or {@code target}, for the message
     * @throws FroggrException EMPTY_PATH, NAME_TOO_LONG
     */
    static BytePath check(BytePath path, String what) throws FroggrException {
        if (path.isEmpty()) {
            throw FroggrException.of(Fault.EMPTY_PATH, "the " + what + " is an empty path")
                    .about(path)
                    .hint("name a file or directory, such as '.'");
        }
        if (path.length() > BytePath.MAX_PATH_BYTES) {
            throw tooLong(path, "the " + what + " " + elide(path) + " has " + path.length() + " bytes, a path may have "
                    + BytePath.MAX_PATH_BYTES);
        }
        int longest = longestComponent(path.bytes());
        if (longest > BytePath.MAX_NAME_BYTES) {
            throw tooLong(path, "a name in the " + what + " " + elide(path) + " has " + longest
                    + " bytes, a name may have " + BytePath.MAX_NAME_BYTES);
        }
        return path;
    }

    private static FroggrException tooLong(BytePath path, String message) {
        return FroggrException.of(Fault.NAME_TOO_LONG, message).about(path).hint("a shorter path");
    }

    private static int longestComponent(byte[] bytes) {
        int longest = 0;
        int start = 0;
        for (int i = 0; i <= bytes.length; i++) {
            if (i == bytes.length || bytes[i] == '/') {
                longest = Math.max(longest, i - start);
                start = i + 1;
            }
        }
        return longest;
    }

    /** Beginning and end of a long path, quoted. */
    static String elide(BytePath path) {
        byte[] bytes = path.bytes();
        if (bytes.length <= 2 * SHOWN) {
            return path.quoted();
        }
        return BytePath.of(Arrays.copyOf(bytes, SHOWN)).quoted() + "…"
                + BytePath.of(Arrays.copyOfRange(bytes, bytes.length - SHOWN, bytes.length)).quoted();
    }
}
