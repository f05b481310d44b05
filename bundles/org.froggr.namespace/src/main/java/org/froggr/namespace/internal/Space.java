package org.froggr.namespace.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Fd;
import org.froggr.linux.OwnedFd;
import org.froggr.spi.presentation.UnionHead;
import org.froggr.spi.presentation.UnionMember;
import org.froggr.spi.presentation.UnionSpace;
import org.froggr.spi.presentation.Unions;
import org.froggr.spi.tree.Attributes;
import org.froggr.spi.tree.FileName;
import org.froggr.spi.tree.FileTree;

/** The unions of one session. */
final class Space implements UnionSpace {
    /** In {@link KeptNumbers}: of what is the whole space's. */
    private static final long WHOLE = 1;

    final Numbers numbers;
    final Intents intents;
    final Unfinished unfinished;
    final Listeners listeners = new Listeners();

    /** Where something is kept, which files that grow need; null if nothing is. */
    private final OwnedFd recovery;

    /** By name. Guarded by this for changes. */
    private final Map<String, Head> heads = new ConcurrentHashMap<>();

    private final Unions.UnionLog log;
    private volatile long device;
    private final SpaceTree files = new SpaceTree(this);
    private final Teller teller = new Teller();

    /** One of which nothing is kept. */
    Space(Unions.UnionLog log) {
        this(-1, log);
    }

    /** @param recovery as {@link Unions#create} */
    Space(int recovery, Unions.UnionLog log) {
        this.log = log;
        this.recovery = own(recovery);
        int directory = this.recovery == null ? -1 : this.recovery.number();
        numbers = new Numbers(KeptNumbers.open(directory, log));
        intents = Intents.open(directory, log);
        unfinished = new Unfinished(this, intents.left());
    }

    private OwnedFd own(int descriptor) {
        try {
            return descriptor < 0 ? null : OwnedFd.of(Fd.dup(descriptor));
        } catch (ErrnoException e) {
            say("nothing can be kept for another process: " + e.getMessage());
            return null;
        }
    }

    /** What all files say they lie on; 0 as long as there is no union. */
    long device() {
        return device;
    }

    /**
     * A union is opened. If one is a member of another union, numbers there depend on the device: so it is made of the
     * first root there ever was.
     */
    synchronized void begin(Attributes root) {
        if (device == 0) {
            long made = Numbers.ofUnion(root.device, root.inode);
            device = numbers.kept().get(KeptNumbers.DEVICE, WHOLE, 0, made);
            numbers.kept().put(KeptNumbers.DEVICE, WHOLE, 0, device);
        }
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
        unfinished.retry(head);
        return head;
    }

    @Override
    public void recovered() {
        unfinished.begin();
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
        intents.close();
        closeRecovery();
    }

    private void closeRecovery() {
        try {
            if (recovery != null) {
                recovery.close();
            }
        } catch (ErrnoException e) {
            // It was opened for paths only
        }
    }
}
