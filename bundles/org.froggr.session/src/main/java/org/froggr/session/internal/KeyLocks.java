package org.froggr.session.internal;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.froggr.api.FroggrException;

/** A lock for each key that is in use, so that requests on one target are carried out one by one. */
final class KeyLocks {
    private final Map<Object, Counted> locks = new HashMap<>();

    private static final class Counted {
        final ReentrantLock lock = new ReentrantLock(true);
        int users;
    }

    /** What is done under a lock. */
    interface Action<T> {
        T perform() throws FroggrException;
    }

    /** Waits for the key, first come, first served, and performs the action while nobody else has it. */
    <T> T holding(Object key, Action<T> action) throws FroggrException {
        Counted counted = enter(key);
        counted.lock.lock();
        try {
            return action.perform();
        } finally {
            counted.lock.unlock();
            leave(key, counted);
        }
    }

    private Counted enter(Object key) {
        synchronized (locks) {
            Counted counted = locks.computeIfAbsent(key, k -> new Counted());
            counted.users++;
            return counted;
        }
    }

    private void leave(Object key, Counted counted) {
        synchronized (locks) {
            if (--counted.users == 0) {
                locks.remove(key);
            }
        }
    }
}
