package org.froggr.session.internal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.api.session.Caller;
import org.froggr.linux.Fd;
import org.froggr.spi.backend.MountBackend;
import org.froggr.spi.presentation.MountSpace;

/**
 * What the source of a request is: a path if it exists or begins with {@code /} or {@code .}, else
 * {@code scheme:rest}.
 *
 * @param scheme {@link MountBackend#LOCAL} for a path
 * @param rest what follows the colon, or the absolute path, as ByteText
 */
record SourceName(String scheme, String rest) {
    private static final Pattern SCHEME = Pattern.compile("([a-z][a-z0-9+.-]*):(.*)", Pattern.DOTALL);

    static SourceName of(String given, Caller caller, MountSpace space) {
        BytePath absolute = caller.absolute(BytePath.of(given));
        Matcher matcher = SCHEME.matcher(given);
        boolean path = given.isEmpty() || given.startsWith("/") || given.startsWith(".");
        if (path || !matcher.matches() || exists(absolute, space)) {
            return new SourceName(MountBackend.LOCAL, given.isEmpty() ? "" : absolute.toString());
        }
        return new SourceName(matcher.group(1), matcher.group(2));
    }

    /** Reads back what {@link #shown} gave. */
    static SourceName parse(String shown) {
        Matcher matcher = SCHEME.matcher(shown);
        return !shown.startsWith("/") && matcher.matches()
                ? new SourceName(matcher.group(1), matcher.group(2))
                : new SourceName(MountBackend.LOCAL, shown);
    }

    private static boolean exists(BytePath path, MountSpace space) {
        try {
            Fd.closeQuietly(space.open(path));
            return true;
        } catch (ErrnoException e) {
            return false;
        }
    }

    boolean isPath() {
        return scheme.equals(MountBackend.LOCAL);
    }

    BytePath path() {
        return BytePath.of(rest);
    }

    /** As entries show it. */
    String shown() {
        return isPath() ? rest : scheme + ":" + rest;
    }
}
