package org.froggr.namespace.internal;

import java.util.concurrent.atomic.AtomicInteger;

/** Ends a process after so many changes of its trees: none of them can be used any more. */
final class Killer {
    /** Nothing handles it, as nothing handles SIGKILL. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    private final AtomicInteger left;
    private volatile boolean dead;

    Killer(int changes) {
        left = new AtomicInteger(changes);
    }

    void check() {
        if (dead) {
            throw new Killed();
        }
    }

    void changed() {
        if (left.decrementAndGet() == 0) {
            dead = true;
            throw new Killed();
        }
    }
}
