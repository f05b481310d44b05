package org.froggr.itests.posix;

import java.util.Set;

/**
 * A case of the list.
 *
 * @param id {@code category/number-what}, for example {@code rename/07-directory-into-own-child-EINVAL}
 */
record Case(String id, String category, Set<Need> needs, Body body) {
    /** Runs in a fresh directory, on a thread of its own; what it throws is why it failed. */
    @FunctionalInterface
    interface Body {
        void run(Site site) throws Exception;
    }
}
