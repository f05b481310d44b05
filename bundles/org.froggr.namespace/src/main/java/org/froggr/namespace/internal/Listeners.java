package org.froggr.namespace.internal;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.froggr.spi.tree.FileNode;
import org.froggr.spi.tree.TreeListener;

/** Those who want to hear of changes. None is called after it was removed. */
final class Listeners implements TreeListener {
    private static final class Registered {
        final TreeListener listener;
        final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
        boolean ended;

        Registered(TreeListener listener) {
            this.listener = listener;
        }
    }

    /** What a listener is told. */
    @FunctionalInterface
    private interface News {
        void tell(TreeListener listener);
    }

    private final List<Registered> all = new CopyOnWriteArrayList<>();

    AutoCloseable add(TreeListener listener) {
        Registered registered = new Registered(listener);
        all.add(registered);
        return () -> remove(registered);
    }

    private void remove(Registered registered) {
        all.remove(registered);
        registered.lock.writeLock().lock();
        registered.ended = true;
        registered.lock.writeLock().unlock();
    }

    int count() {
        return all.size();
    }

    private void tell(News news) {
        for (Registered registered : all) {
            registered.lock.readLock().lock();
            try {
                if (!registered.ended) {
                    news.tell(registered.listener);
                }
            } finally {
                registered.lock.readLock().unlock();
            }
        }
    }

    @Override
    public void entryChanged(FileNode directory, byte[] name) {
        tell(listener -> listener.entryChanged(directory, name));
    }

    @Override
    public void attributesChanged(FileNode node) {
        tell(listener -> listener.attributesChanged(node));
    }

    @Override
    public void contentsChanged(FileNode node) {
        tell(listener -> listener.contentsChanged(node));
    }
}
