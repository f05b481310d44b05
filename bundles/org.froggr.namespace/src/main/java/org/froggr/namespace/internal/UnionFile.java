package org.froggr.namespace.internal;

import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.spi.tree.AttributeChanges;
import org.froggr.spi.tree.Attributes;
import org.froggr.spi.tree.FileName;
import org.froggr.spi.tree.FileNode;
import org.froggr.spi.tree.FileTree;
import org.froggr.spi.tree.IoBuffer;
import org.froggr.spi.tree.LockRange;
import org.froggr.spi.tree.OpenFile;
import org.froggr.spi.tree.OwnRequest;
import org.froggr.spi.tree.Requester;

/** An open file of the union: one of a member, which is replaced when the member's tree is exchanged. */
final class UnionFile extends Handle implements OpenFile {
    /** O_CREAT, O_EXCL, O_TRUNC: done when it was opened first. */
    private static final int ONCE = 0100 | 0200 | 01000;

    private final PlainNode node;
    private final Member member;
    private final int flags;
    private final HeldLocks locks = new HeldLocks();

    private volatile OpenFile file;

    /** It stays open in a tree that was exchanged, and has no name in those that came after. */
    private volatile boolean kept;

    private boolean closed;

    /** The caller is inside the member's gate. */
    UnionFile(PlainNode node, OpenFile file, int flags) {
        this.node = node;
        this.file = file;
        this.flags = flags;
        member = node.member;
        node.retain();
        member.handles.add(this);
    }

    private int enter() throws ErrnoException {
        int stripe = Gate.stripe();
        member.gate.enter(stripe);
        return stripe;
    }

    private void exit(int stripe) {
        member.gate.exit(stripe);
    }

    @Override
    public int read(long offset, IoBuffer into) throws ErrnoException {
        int stripe = enter();
        try {
            return file.read(offset, into);
        } finally {
            exit(stripe);
        }
    }

    @Override
    public int write(long offset, IoBuffer from, boolean clearSetIds, Requester by) throws ErrnoException {
        int stripe = enter();
        try {
            return file.write(offset, from, clearSetIds, by);
        } finally {
            exit(stripe);
        }
    }

    @Override
    public void attributes(Attributes out) throws ErrnoException {
        int stripe = enter();
        try {
            attributesInside(out);
        } finally {
            exit(stripe);
        }
    }

    /** The caller is inside the member's gate. */
    void attributesInside(Attributes out) throws ErrnoException {
        file.attributes(out);
        member.show(out);
    }

    @Override
    public void change(AttributeChanges changes, Requester by, Attributes out) throws ErrnoException {
        member.checkWritable("setattr");
        int stripe = enter();
        try {
            changeInside(changes, by, out);
        } finally {
            exit(stripe);
        }
    }

    /** The caller is inside the member's gate. */
    void changeInside(AttributeChanges changes, Requester by, Attributes out) throws ErrnoException {
        file.change(changes, by, out);
        member.show(out);
    }

    @Override
    public void flush() throws ErrnoException {
        int stripe = enter();
        try {
            file.flush();
        } finally {
            exit(stripe);
        }
    }

    @Override
    public void sync(boolean dataOnly) throws ErrnoException {
        int stripe = enter();
        try {
            file.sync(dataOnly);
        } finally {
            exit(stripe);
        }
    }

    @Override
    public void allocate(int mode, long offset, long length) throws ErrnoException {
        int stripe = enter();
        try {
            file.allocate(mode, offset, length);
        } finally {
            exit(stripe);
        }
    }

    @Override
    public long seek(long offset, int whence) throws ErrnoException {
        int stripe = enter();
        try {
            return file.seek(offset, whence);
        } finally {
            exit(stripe);
        }
    }

    @Override
    public long copyTo(long offset, OpenFile to, long toOffset, long length) throws ErrnoException {
        if (!(to instanceof UnionFile target) || target.member != member) {
            throw new ErrnoException(Errno.EXDEV, "copy_file_range");
        }
        int stripe = enter();
        try {
            return file.copyTo(offset, target.file, toOffset, length);
        } finally {
            exit(stripe);
        }
    }

    @Override
    public boolean lock(LockRange lock) throws ErrnoException {
        int stripe = enter();
        try {
            boolean done = file.lock(lock);
            if (done) {
                locks.add(lock);
            }
            return done;
        } finally {
            exit(stripe);
        }
    }

    @Override
    public LockRange conflicting(LockRange lock) throws ErrnoException {
        int stripe = enter();
        try {
            return file.conflicting(lock);
        } finally {
            exit(stripe);
        }
    }

    @Override
    public void releaseLocks(long owner) throws ErrnoException {
        int stripe = enter();
        try {
            locks.release(owner);
            file.releaseLocks(owner);
        } finally {
            exit(stripe);
        }
    }

    @Override
    public int descriptor() {
        return file.descriptor();
    }

    @Override
    public void close() throws ErrnoException {
        OpenFile last;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            last = file;
        }
        member.handles.remove(this);
        try {
            last.close();
        } finally {
            node.release(1);
        }
    }

    @Override
    Reopened reopen(FileTree tree) throws ErrnoException {
        // What is open has a node in the present tree, unless it stayed open in one before
        FileNode found = kept || node.isByName()
                ? null
                : Paths.findAgain(node, node.node(), member.tree(), tree, new Attributes());
        if (found == null) {
            if (!kept) {
                node.loseName();
            }
            return new Keeping();
        }
        FileNode looked = found == tree.root() ? null : found;
        try {
            OpenFile reopened = found.open(flags & ~ONCE, OwnRequest.SELF);
            try {
                locks.move(file, reopened);
            } catch (ErrnoException e) {
                closeQuietly(reopened);
                throw e;
            }
            return new Replacement(reopened, found, looked);
        } catch (ErrnoException | RuntimeException e) {
            forget(looked);
            if (e instanceof ErrnoException error && isForbidden(error)) {
                return new Keeping();
            }
            throw e;
        }
    }

    private static void forget(FileNode looked) {
        if (looked != null) {
            looked.forget(1);
        }
    }

    boolean isKept() {
        return kept;
    }

    @Override
    boolean isKnownAs(DirectoryNode directory, FileName name) {
        byte[] known = node.name;
        return node.parent == directory && known != null && name.is(known);
    }

    boolean isOf(PlainNode file) {
        return node == file;
    }

    /** What whoever opened it first was allowed to, or what was no program then. */
    private static boolean isForbidden(ErrnoException e) {
        return e.is(Errno.EACCES) || e.is(Errno.EPERM) || e.is(Errno.ETXTBSY);
    }

    private void closeQuietly(OpenFile gone) {
        try {
            gone.close();
        } catch (ErrnoException | RuntimeException e) {
            member.head.say(member.bound.label() + ": cannot close a file: " + e.getMessage());
        }
    }

    /** The file in the new tree. */
    private final class Replacement implements Reopened {
        private final OpenFile reopened;
        private final FileNode found;
        private final FileNode looked;

        Replacement(OpenFile reopened, FileNode found, FileNode looked) {
            this.reopened = reopened;
            this.found = found;
            this.looked = looked;
        }

        @Override
        public void use() {
            if (!node.adopt(found, member.epoch())) {
                forget(looked);
            }
            OpenFile gone = reopened;
            synchronized (UnionFile.this) {
                if (!closed) {
                    gone = file;
                    file = reopened;
                }
            }
            closeQuietly(gone);
        }

        @Override
        public void cancel() {
            try {
                locks.move(reopened, file);
            } catch (ErrnoException e) {
                member.head.say(member.bound.label() + ": a lock was lost: " + e.getMessage());
            }
            closeQuietly(reopened);
            forget(looked);
        }
    }

    /** Nothing changes. */
    private final class Keeping implements Reopened {
        @Override
        public void use() {
            kept = true;
        }

        @Override
        public void cancel() {}
    }
}
