package org.froggr.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;

/**
 * Where the platform lives and where it comes from.
 *
 * @param home the user's directory of sessions, settings and logs
 * @param dist the distribution
 */
record Places(Path home, Path dist) {
    /** System properties that the supervising loop sets, and framework properties that bundles read. */
    static final String HOME = "froggr.home";

    static final String DIST = "froggr.dist";

    private static final Set<PosixFilePermission> OURS_ALONE = PosixFilePermissions.fromString("rwx------");

    /**
     * The places that the system properties name, with the directories below the home made.
     *
     * @throws LaunchException if one is missing, or the home is a link, someone else's, or open to others
     */
    static Places fromSystemProperties() throws LaunchException {
        Places places = new Places(directory(HOME), directory(DIST));
        places.checkHome();
        for (String name : new String[] {"platform", "cache", "etc", "bundles"}) {
            makeDirectory(places.home.resolve(name));
        }
        return places;
    }

    Path platform() {
        return home.resolve("platform");
    }

    Path cache() {
        return home.resolve("cache");
    }

    Path feature() {
        return dist.resolve("features/froggr.json");
    }

    Path bundles() {
        return dist.resolve("bundles");
    }

    private static Path directory(String property) throws LaunchException {
        String value = System.getProperty(property, "");
        Path path = Path.of(value);
        if (!path.isAbsolute()) {
            throw new LaunchException("-D" + property + " must be an absolute path, not '" + value + "'");
        }
        if (!Files.isDirectory(path)) {
            throw new LaunchException("-D" + property + ": " + value + " is no directory");
        }
        return path;
    }

    private void checkHome() throws LaunchException {
        PosixFileAttributes found = attributes(home);
        if (!found.isDirectory()) {
            throw new LaunchException("BAD_HOME: " + home + " is a symbolic link or no directory");
        }
        // /proc/self is a link of root's; what it leads to is ours.
        UserPrincipal me = attributes(Path.of("/proc/self/fd")).owner();
        if (!found.owner().equals(me)) {
            throw new LaunchException("BAD_HOME: " + home + " belongs to " + found.owner() + ", not to " + me);
        }
        if (!OURS_ALONE.containsAll(found.permissions())) {
            throw new LaunchException("BAD_HOME: " + home + " is open to others ("
                    + PosixFilePermissions.toString(found.permissions()) + "); try: chmod 700");
        }
    }

    private static PosixFileAttributes attributes(Path path) throws LaunchException {
        try {
            return Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            throw new LaunchException("cannot look at " + path + ": " + e.getMessage(), e);
        }
    }

    private static void makeDirectory(Path directory) throws LaunchException {
        try {
            if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(OURS_ALONE));
            }
        } catch (IOException e) {
            throw new LaunchException("cannot make the directory " + directory + ": " + e.getMessage(), e);
        }
    }
}
