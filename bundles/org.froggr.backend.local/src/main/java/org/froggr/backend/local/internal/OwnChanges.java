package org.froggr.backend.local.internal;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What this tree itself does in watched directories, so that the events of it are known as such: each is
 * expected before the system call and taken when its event comes. What never comes is forgotten after a
 * while, as else it would hide a change from outside.
 */
final class OwnChanges {
    private static final long PATIENCE_NANOS = 10_000_000_000L;

    private record Expected(int count, long deadline) {}

    private final Map<EntryKey, Expected> expected = new LinkedHashMap<>();
    private final Map<LocalNode, Long> written = new LinkedHashMap<>();

    /** So many events will tell that this name came or went. */
    synchronized void expect(EntryKey key, int count) {
        long now = System.nanoTime();
        prune(now);
        Expected before = expected.remove(key);
        expected.put(key, new Expected(count + (before == null ? 0 : before.count()), now + PATIENCE_NANOS));
    }

    /** Of so many events, those that were expected; they are not any more. */
    synchronized int take(EntryKey key, int count) {
        Expected known = expected.get(key);
        if (known == null || known.deadline() - System.nanoTime() < 0) {
            return 0;
        }
        int taken = Math.min(count, known.count());
        if (taken == known.count()) {
            expected.remove(key);
        } else {
            expected.put(key, new Expected(known.count() - taken, known.deadline()));
        }
        return taken;
    }

    /** A file that was open for writing was closed: events of that may still come. */
    synchronized void wrote(LocalNode node) {
        long now = System.nanoTime();
        prune(now);
        written.remove(node);
        written.put(node, now + PATIENCE_NANOS);
    }

    /** Whether it was written here not long ago. */
    synchronized boolean hasWritten(LocalNode node) {
        Long deadline = written.get(node);
        return deadline != null && deadline - System.nanoTime() > 0;
    }

    /** Events were lost: nothing is expected any more. */
    synchronized void clear() {
        expected.clear();
    }

    private void prune(long now) {
        Iterator<Expected> oldest = expected.values().iterator();
        while (oldest.hasNext() && oldest.next().deadline() - now < 0) {
            oldest.remove();
        }
        Iterator<Long> first = written.values().iterator();
        while (first.hasNext() && first.next() - now < 0) {
            first.remove();
        }
    }
}
