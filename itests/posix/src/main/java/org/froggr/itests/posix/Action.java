package org.froggr.itests.posix;

/** A few calls of a case. */
@FunctionalInterface
interface Action {
    void run() throws Exception;
}
