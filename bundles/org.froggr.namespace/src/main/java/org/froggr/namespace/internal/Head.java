package org.froggr.namespace.internal;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.spi.presentation.UnionHead;
import org.froggr.spi.presentation.UnionMember;
import org.froggr.spi.tree.Attributes;
import org.froggr.spi.tree.FileName;
import org.froggr.spi.tree.FileNode;
import org.froggr.spi.tree.FileTree;

/** One union. Its members are replaced as a whole: operations under way go on with those they began with. */
final class Head implements UnionHead {
    private static final Pattern NAME = Pattern.compile("0|[1-9][0-9]{0,17}");

    private static final int S_IFMT = 0170000;

    final Space space;
    final boolean plan9;

    /** Its number, which is its name. */
    final long number;

    /** By what is kept for it. */
    final long key;
    final NodeTable table = new NodeTable();
    final Negatives negatives = new Negatives(this);
    final Listeners listeners = new Listeners();

    /** Held while directories are made or changed in several members at once. */
    final ReentrantLock structure = new ReentrantLock();

    private final String name;
    private final HeadTree files = new HeadTree(this);
    private final AtomicInteger viewEpoch = new AtomicInteger();
    private final UnionNode root;
    private final int rootType;

    private final Membership membership;
    private boolean closed;

    Head(Space space, String name, boolean plan9, UnionMember first) throws ErrnoException {
        this.space = space;
        this.name = name;
        number = number(name);
        key = Numbers.ofPath(SpaceRoot.NUMBER, FileName.of(name).bytes());
        this.plan9 = plan9;
        Member member = new Member(this, first);
        membership = new Membership(this, new Members(List.of(member), plan9));
        Attributes attributes = new Attributes();
        attributes.clear();
        first.tree().root().attributes(attributes);
        rootType = attributes.mode & S_IFMT;
        space.begin(attributes);
        root = attributes.isDirectory()
                ? new DirectoryNode(this, null, null, DirectoryNumbers.ofRoot(this, attributes))
                : new PlainNode(null, null, member, first.tree().root(), 0);
        if (root instanceof DirectoryNode directory) {
            DirectoryNumbers.keepBase(directory, DirectoryNumbers.base(directory, first.id()));
        }
        member.watch();
    }

    private static long number(String name) throws ErrnoException {
        if (!NAME.matcher(name).matches()) {
            throw new ErrnoException(Errno.EINVAL, "union (its name is no number)");
        }
        return Long.parseLong(name);
    }

    // The root, and what is asked of all members

    UnionNode root() {
        return root;
    }

    /** Null if the union is one of files. */
    DirectoryNode rootDirectory() {
        return root instanceof DirectoryNode directory ? directory : null;
    }

    int rootType() {
        return rootType;
    }

    long rootNumber() throws ErrnoException {
        if (root instanceof DirectoryNode directory) {
            return directory.number;
        }
        Attributes attributes = new Attributes();
        attributes.clear();
        root.attributes(attributes);
        return attributes.inode;
    }

    Members present() {
        return membership.present();
    }

    int viewEpoch() {
        return viewEpoch.get();
    }

    /** Which directories belong together may have changed. */
    void invalidateViews() {
        viewEpoch.incrementAndGet();
    }

    /** Whether a view is that of the present members and trees. */
    boolean isOfNow(View view) {
        return view.members == present() && view.epoch == viewEpoch.get();
    }

    /** Whether a view is valid. */
    boolean isCurrent(View view) {
        return isOfNow(view) && (view.expires == View.NEVER || System.nanoTime() - view.expires < 0);
    }

    /** Goes into the gates of all members, or into none and waits until the one that was closed is open. */
    boolean enterAll(Members all, int stripe) throws ErrnoException {
        List<Member> list = all.all;
        for (int i = 0; i < list.size(); i++) {
            if (!list.get(i).gate.tryEnter(stripe)) {
                for (int j = 0; j < i; j++) {
                    list.get(j).gate.exit(stripe);
                }
                list.get(i).gate.awaitOpen();
                return false;
            }
        }
        return true;
    }

    void exitAll(Members all, int stripe) {
        for (Member member : all.all) {
            member.gate.exit(stripe);
        }
    }

    /** The file that a member finds by a handle, looked up once; null if there is none, or a directory. */
    FileNode find(UnionHandle handle) throws ErrnoException {
        Member member = present().find(handle.member());
        if (member == null) {
            return null;
        }
        int stripe = Gate.stripe();
        member.gate.enter(stripe);
        try {
            return Lookup.found(member, member.tree().find(handle.inMember()));
        } catch (RuntimeException e) {
            throw Member.broken(e);
        } finally {
            member.gate.exit(stripe);
        }
    }

    void say(String message) {
        space.say("union " + name + ": " + message);
    }

    // Those who watch

    boolean isWatched() {
        return listeners.count() + space.listeners.count() > 0;
    }

    /** Who uses a union by two ways hears nothing of what was changed by the other one. */
    void limitValidity(Attributes out) {
        if (listeners.count() + space.listeners.count() > 1) {
            out.entryValidityMillis = Math.min(out.entryValidityMillis, Attributes.DEFAULT_VALIDITY_MILLIS);
            out.validityMillis = Math.min(out.validityMillis, Attributes.DEFAULT_VALIDITY_MILLIS);
        }
    }

    void entryChanged(DirectoryNode directory, byte[] changed) {
        space.listeners.entryChanged(directory, changed);
        listeners.entryChanged(directory, changed);
    }

    void attributesChanged(UnionNode node) {
        space.listeners.attributesChanged(node);
        listeners.attributesChanged(node);
    }

    void contentsChanged(UnionNode node) {
        space.listeners.contentsChanged(node);
        listeners.contentsChanged(node);
    }

    // The members

    @Override
    public String name() {
        return name;
    }

    @Override
    public FileTree files() {
        return files;
    }

    @Override
    public List<UnionMember> members() {
        return present().all.stream().map(Member::described).toList();
    }

    @Override
    public int handles(long id) {
        return membership.handles(id);
    }

    @Override
    public void add(UnionMember bound, boolean before) throws ErrnoException {
        membership.add(bound, before);
    }

    @Override
    public void remove(long id, boolean orderly) throws ErrnoException {
        membership.remove(id, orderly);
    }

    @Override
    public void reorder(List<Long> ids) throws ErrnoException {
        membership.reorder(ids);
    }

    @Override
    public void exchange(long id, FileTree tree) throws ErrnoException {
        membership.exchange(id, tree);
    }

    @Override
    public void hold(long id) {
        membership.hold(id);
    }

    @Override
    public void release(long id) {
        membership.release(id);
    }

    @Override
    public void close() {
        end();
        space.unfinished.forget(this);
        space.numbers.kept().removeAll(key);
    }

    /** Ends it; what is kept of it stays for the next process. */
    void end() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        for (Member member : present().all) {
            member.unwatch();
        }
        space.removed(this);
    }
}
