package org.froggr.fuse.internal;

import org.froggr.spi.tree.LockRange;

/**
 * A program that waits for a lock, without a thread. Several threads may want to try for it at a time: one
 * does, and tries again if another one wanted to meanwhile, so that no release goes unnoticed.
 */
final class LockWaiter {
    /** What is to happen after a try that failed. */
    enum Next {
        WAIT,
        TRY_AGAIN,
        GIVE_UP
    }

    final long unique;
    final FileHandle handle;
    final LockRange lock;

    private boolean trying;
    private boolean again;
    private boolean interrupted;
    private boolean over;

    LockWaiter(long unique, FileHandle handle, LockRange lock) {
        this.unique = unique;
        this.handle = handle;
        this.lock = lock;
    }

    /** Whether the caller is to try now. */
    synchronized boolean begin() {
        again = trying;
        if (trying || over) {
            return false;
        }
        trying = true;
        return true;
    }

    /** The caller's try has failed. */
    synchronized Next failed() {
        if (interrupted) {
            over = true;
            return Next.GIVE_UP;
        }
        if (again) {
            again = false;
            return Next.TRY_AGAIN;
        }
        trying = false;
        return Next.WAIT;
    }

    /** The caller's try has come to an end, by success or an error. */
    synchronized void end() {
        over = true;
    }

    /** The program was interrupted; returns whether the caller is to answer it, rather than who tries now. */
    synchronized boolean interrupt() {
        if (over) {
            return false;
        }
        interrupted = true;
        if (trying) {
            return false;
        }
        over = true;
        return true;
    }
}
