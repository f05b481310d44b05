package org.froggr.namespace.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.spi.presentation.UnionHead;
import org.froggr.spi.presentation.UnionMember;
import org.froggr.spi.presentation.UnionSpace;
import org.froggr.spi.presentation.Unions;
import org.froggr.spi.tree.FileName;
import org.froggr.spi.tree.FileTree;

/** The unions of one session. */
final class Space implements UnionSpace {
    /** Devices of unions, told from those of real file systems, which the kernel has 32 bits for. */
    private static final AtomicLong DEVICES = new AtomicLong(1L << 40);

    final Numbers numbers;
    final long device = DEVICES.getAndIncrement();
    final Listeners listeners = new Listeners();

    /** By name. Guarded by this for changes. */
    private final Map<String, Head> heads = new ConcurrentHashMap<>();

    private final Unions.UnionLog log;
    private final SpaceTree files = new SpaceTree(this);
    private final Teller teller = new Teller();

    /** One of which nothing is kept. */
    Space(Unions.UnionLog log) {
        this(-1, log);
    }

    /** @param recovery as {@link Unions#create} */
    Space(int recovery, Unions.UnionLog log) {
        this.log = log;
        numbers = new Numbers(KeptNumbers.open(recovery, log));
    }

    void say(String message) {
        log.say(message);
    }

    Teller teller() {
        return teller;
    }

    @Override
    public FileTree files() {
        return files;
    }

    @Override
    public UnionHead open(String name, UnionOptions options, UnionMember first) throws ErrnoException {
        Head head;
        synchronized (this) {
            if (heads.containsKey(name)) {
                throw new ErrnoException(Errno.EEXIST, "union");
            }
            head = new Head(this, name, options.plan9(), first);
            heads.put(name, head);
        }
        tell(head);
        return head;
    }

    /** What the name of a union means has changed. */
    private void tell(Head head) {
        byte[] name = FileName.of(head.name()).bytes();
        teller.tell(() -> {
            listeners.entryChanged(files.root(), name);
            listeners.contentsChanged(files.root());
        });
    }

    void removed(Head head) {
        if (heads.remove(head.name(), head)) {
            tell(head);
        }
    }

    Head find(String name) {
        return heads.get(name);
    }

    /** In the order of their numbers. */
    List<Head> heads() {
        List<Head> all = new ArrayList<>(heads.values());
        all.sort(Comparator.comparingLong(head -> head.number));
        return all;
    }

    @Override
    public void close() {
        for (Head head : heads()) {
            head.end();
        }
        teller.close();
        numbers.kept().close();
    }
}
