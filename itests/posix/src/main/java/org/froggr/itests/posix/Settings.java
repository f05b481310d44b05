package org.froggr.itests.posix;

import java.time.Duration;

/**
 * How the list is run.
 *
 * @param mount where: a directory on the file system under test
 * @param user whom the cases run as; null: whoever runs the program
 * @param small a directory on a file system of a few megabytes, to fill; or null
 * @param wide how many entries the wide directory has
 * @param seed of what is random
 * @param limit of one case, after which it is a failure
 */
record Settings(String mount, User user, String small, int wide, long seed, Duration limit) {
    boolean root() {
        return (user == null ? User.current() : user).root();
    }
}
