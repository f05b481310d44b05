package org.froggr.fuse.internal;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Keeps names from being changed while a path is followed that was kept, which would lead to another file. As long
 * as there are nodes to be found, changes go on side by side, and following excludes them. An operation that hangs
 * must not hold up all others, so nobody waits longer than a moment.
 */
final class NameChanges {
    /** What ends it. */
    @FunctionalInterface
    interface Section {
        void close();
    }

    private static final long LIMIT_SECONDS = 2;
    private static final Section NOTHING = () -> {};

    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final Section changing = () -> lock.readLock().unlock();
    private final Section following = () -> lock.writeLock().unlock();
    private final NodeTable nodes;

    NameChanges(NodeTable nodes) {
        this.nodes = nodes;
    }

    /** Around an operation that changes names, and the notes of it. */
    Section change() {
        return nodes.missing() == 0 ? NOTHING : enter(lock.readLock(), changing);
    }

    /** Around following kept names. */
    Section follow() {
        return enter(lock.writeLock(), following);
    }

    private static Section enter(Lock lock, Section section) {
        boolean interrupted = Thread.interrupted();
        try {
            return lock.tryLock(LIMIT_SECONDS, TimeUnit.SECONDS) ? section : NOTHING;
        } catch (InterruptedException e) {
            interrupted = true;
            return NOTHING;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
