package org.froggr.backend.local.internal;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Fd;
import org.froggr.linux.Inotify;
import org.froggr.linux.RawFiles;
import org.froggr.linux.ThreadMemory;
import org.froggr.spi.tree.FileName;
import org.froggr.spi.tree.TreeListener;

/**
 * What changes of a tree without coming through it. Directories in which names are looked up again and again
 * are watched; the validity of what was said of them is long, and who listens is told when it ends early.
 */
final class Coherence {
    /** Look-ups that are that far apart are not of one walk through the tree. */
    private static final int AGAIN_MILLIS = 900;

    /** After watching was refused. */
    private static final int LATER_MILLIS = 60_000;

    private static final long SUSPENDED_NANOS = 4_000_000_000L;

    private static final int NAMES = Inotify.CREATE | Inotify.DELETE | Inotify.MOVED_FROM | Inotify.MOVED_TO;
    private static final int LOOK = Fd.AT_SYMLINK_NOFOLLOW | RawFiles.AT_NO_AUTOMOUNT;

    private final LocalTree tree;
    private final Upkeep upkeep;
    private final List<TreeListener> listeners = new CopyOnWriteArrayList<>();
    private final OwnChanges own = new OwnChanges();
    private final AtomicInteger watches = new AtomicInteger();
    private final AtomicInteger epoch = new AtomicInteger();
    private volatile boolean heard;
    private volatile boolean suspended;
    private long suspendedNanos;

    Coherence(LocalTree tree, Upkeep upkeep) {
        this.tree = tree;
        this.upkeep = upkeep;
    }

    /** Whoever listens from now on; closing the result ends it. */
    AutoCloseable listen(TreeListener listener) {
        listeners.add(listener);
        heard = true;
        return () -> {
            listeners.remove(listener);
            heard = !listeners.isEmpty();
            upkeep.awaitQuiet();
        };
    }

    /** Whether watched directories may be relied on. */
    boolean isReliable() {
        return heard && !suspended;
    }

    /** Changes whenever a directory begins to be watched. */
    int epoch() {
        return epoch.get();
    }

    /** Names are looked up in this directory, which is not watched: perhaps it should be. */
    void consider(LocalDirectory directory, Descriptor here) {
        if (!heard || directory.watch != 0 || !directory.mount.isLocal()) {
            return;
        }
        int now = (int) (System.nanoTime() / 1_000_000) | 1;
        int since = directory.considered;
        if (since == 0) {
            directory.considered = now;
        } else if (now - since >= AGAIN_MILLIS) {
            directory.considered = now + LATER_MILLIS;
            if (watches.get() < tree.options().watches() && upkeep.watch(directory, here.fd())) {
                watches.incrementAndGet();
                epoch.incrementAndGet();
            }
        }
    }

    void unwatch(LocalDirectory directory) {
        if (directory.watch != 0 && upkeep.unwatch(directory)) {
            watches.decrementAndGet();
        }
    }

    /** This tree is about to make or remove that name; events will tell of it as often as said. */
    void expect(LocalDirectory directory, FileName name, int events) {
        if (directory.watch != 0) {
            own.expect(new EntryKey(directory, name.bytes()), events);
        }
    }

    /** What was expected did not happen. */
    void cancel(LocalDirectory directory, FileName name, int events) {
        if (directory.watch != 0) {
            own.take(new EntryKey(directory, name.bytes()), events);
        }
    }

    /** A file that was open for writing was closed. */
    void wrote(LocalNode node) {
        LocalDirectory parent = node.parent;
        if (parent != null && parent.watch != 0) {
            own.wrote(node);
        }
    }

    // What follows is called by the thread of Upkeep.

    /**
     * Events of one name.
     *
     * @param names how many of them told that it came or went
     * @param changed gets directories whose contents changed
     */
    void happened(EntryKey key, int mask, int names, Set<LocalDirectory> changed) {
        if (key.name().length == 0) {
            happenedToItself(key.directory(), mask);
            return;
        }
        if (names > own.take(key, names)) {
            changed.add(key.directory());
            tell(listener -> listener.entryChanged(key.directory(), key.name()));
        }
        if ((mask & (Inotify.ATTRIB | Inotify.MODIFY)) != 0) {
            LocalNode node = look(key);
            if (node != null) {
                tellOf(node, (mask & Inotify.MODIFY) != 0);
            }
        }
    }

    /** How many of the events that these bits stand for are of names. */
    static int namesIn(int mask) {
        return (mask & NAMES) != 0 ? 1 : 0;
    }

    private void happenedToItself(LocalDirectory directory, int mask) {
        if ((mask & Inotify.IGNORED) != 0) {
            watches.decrementAndGet();
        }
        if ((mask & Inotify.UNMOUNT) != 0) {
            forgetAll(node -> node == directory || node.parent == directory);
        } else if ((mask & Inotify.ATTRIB) != 0 && look(directory)) {
            tellOf(directory, false);
        }
    }

    /** Looks at a name; the node it means, if somebody uses that. */
    private LocalNode look(EntryKey key) {
        try {
            Descriptor here = tree.reach().directory(key.directory());
            try {
                ThreadMemory memory = ThreadMemory.current();
                long name = memory.first(key.name());
                if (RawFiles.stat(here.fd(), name, LOOK, memory.stat()) < 0) {
                    return null;
                }
                SourceMount mount = tree.mounts().of(memory.stat(), key.directory().mount, here.fd(), name);
                return tree.nodes().find(mount, memory.stat());
            } finally {
                here.unpin();
            }
        } catch (ErrnoException e) {
            // The directory is gone from where it was; its own directory tells of that.
            return null;
        }
    }

    private boolean look(LocalDirectory directory) {
        try {
            tree.reach().stat(directory, ThreadMemory.current());
            return true;
        } catch (ErrnoException e) {
            return false;
        }
    }

    private void tellOf(LocalNode node, boolean modified) {
        if (!node.hasChanged(ThreadMemory.current().stat())) {
            return;
        }
        if (modified && !node.isWritten() && !own.hasWritten(node)) {
            tell(listener -> listener.contentsChanged(node));
        } else {
            tell(listener -> listener.attributesChanged(node));
        }
    }

    /** Names in it came or went. */
    void contentsChanged(LocalDirectory directory) {
        tell(listener -> listener.contentsChanged(directory));
    }

    /** What this name means has changed without an event of the directory: something was mounted there. */
    void entryChanged(LocalDirectory directory, byte[] name) {
        tell(listener -> listener.entryChanged(directory, name));
    }

    /** Events were lost: nothing that was said counts any more, nor will for a while. */
    void suspend() {
        suspended = true;
        suspendedNanos = System.nanoTime();
        own.clear();
        forgetAll(node -> true);
    }

    /** Goes on if {@link #suspend} was long ago. */
    void resume() {
        if (suspended && System.nanoTime() - suspendedNanos > SUSPENDED_NANOS) {
            suspended = false;
        }
    }

    private void forgetAll(Predicate<LocalNode> which) {
        for (LocalNode node : tree.nodes().all()) {
            if (which.test(node)) {
                LocalDirectory parent = node.parent;
                byte[] name = node.name;
                if (parent != null && name != null) {
                    tell(listener -> listener.entryChanged(parent, name));
                }
                tell(listener -> listener.contentsChanged(node));
            }
        }
    }

    private void tell(Consumer<TreeListener> what) {
        for (TreeListener listener : listeners) {
            try {
                what.accept(listener);
            } catch (RuntimeException e) {
                tree.options().log().accept("a listener of changes failed: " + e);
            }
        }
    }
}
