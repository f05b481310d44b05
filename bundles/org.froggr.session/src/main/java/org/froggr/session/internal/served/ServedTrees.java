package org.froggr.session.internal.served;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.api.FroggrException;
import org.froggr.api.session.BindOrder;
import org.froggr.api.session.UnionInfo;
import org.froggr.api.session.UnmountMode;
import org.froggr.linux.MountInfo;
import org.froggr.linux.OwnedFd;
import org.froggr.spi.backend.Attachment;
import org.froggr.spi.backend.Tree;
import org.froggr.spi.presentation.FileServer;
import org.froggr.spi.presentation.FileService;
import org.froggr.spi.presentation.MountSpace;
import org.froggr.spi.presentation.ServeRequest;
import org.froggr.spi.presentation.UnionHead;
import org.froggr.spi.presentation.UnionMember;
import org.froggr.spi.presentation.UnionSpace;
import org.froggr.spi.tree.FileTree;

/**
 * All served trees of one session. There is one connection to the kernel, made with the first tree and
 * ended with the session. Changes are made under the session's lock; reading needs none.
 */
public final class ServedTrees {
    /** Name of the mount point of the session's file system. */
    public static final String FILE_SYSTEM = "fs";

    /** Names of the clones of what unions cover begin with this. */
    public static final String ORIGINAL = "original-";

    private final String label;
    private final Surroundings around;
    private final Map<Integer, Head> heads = new TreeMap<>();
    private volatile Connection connection;
    private int lastHead;
    private int lastMember;

    private record Connection(FuseMount mount, UnionSpace space, FileService service) {}

    /** @param label short id of the session */
    public ServedTrees(String label, Surroundings around) {
        this.label = label;
        this.around = around;
    }

    /** Numbers up to these are taken: those of an earlier platform. */
    public void continueAfter(int head, int member) {
        lastHead = Math.max(lastHead, head);
        lastMember = Math.max(lastMember, member);
    }

    /** What the connection was used for; empty if there is none. */
    public Optional<FileService.Usage> usage() {
        return Optional.ofNullable(connection).map(c -> c.service().usage());
    }

    /** All unions with their members, as people are shown them. */
    public List<UnionInfo> describe() {
        synchronized (heads) {
            return heads.values().stream().map(Head::describe).toList();
        }
    }

    /** Whether that is the device of the session's file system. */
    public boolean isOn(long device) {
        Connection now = connection;
        return now != null && now.mount().number() == device;
    }

    /** What is served below a path of the session's file system, for use within the platform. */
    public Optional<UnionHead> head(int number) {
        synchronized (heads) {
            return Optional.ofNullable(heads.get(number)).map(Head::union);
        }
    }

    /**
     * Lets a tree appear at its target; leaves nothing behind when it throws.
     *
     * @throws FroggrException UNSUPPORTED if no bundle serves files or makes unions
     */
    public Presence add(Showing addition) throws ErrnoException, FroggrException, InterruptedException {
        connect();
        int number = ++lastMember;
        UnionMember member = new UnionMember(
                number, addition.label(), addition.tree(), addition.receivesNew(), false, addition.memberFlags());
        Head there = addition.order() == BindOrder.REPLACE ? null : head(addition);
        if (there != null) {
            around.restrict(addition.target(), addition.coverFlags());
            there.union().add(member, addition.order() != BindOrder.AFTER);
            return new Presence(there.number(), number, there.mount());
        }
        return new Presence(lastHead + 1, number, addHead(addition, member));
    }

    private Head head(Showing addition) {
        synchronized (heads) {
            return addition.onHead() == 0 ? null : heads.get(addition.onHead());
        }
    }

    /** Steps: keep the original, make the union, add the member, cover the target. Each undoes those before it. */
    private long addHead(Showing addition, UnionMember member)
            throws ErrnoException, FroggrException, InterruptedException {
        int number = lastHead + 1;
        Head head = addition.order() == BindOrder.REPLACE
                ? new Head(number, addition.targetPath(), open(number, addition, member), Optional.empty())
                : union(number, addition, member);
        try {
            head.setMount(cover(head, addition));
        } catch (ErrnoException | FroggrException | RuntimeException e) {
            head.close(around);
            throw e;
        }
        lastHead = number;
        synchronized (heads) {
            heads.put(number, head);
        }
        return head.mount();
    }

    private UnionHead open(int number, Showing addition, UnionMember first) throws ErrnoException {
        return connection.space().open(Integer.toString(number), new UnionSpace.UnionOptions(addition.plan9()), first);
    }

    private Head union(int number, Showing addition, UnionMember member)
            throws ErrnoException, FroggrException, InterruptedException {
        Head.Base base = keep(number, addition);
        try {
            UnionMember original =
                    new UnionMember(Head.ORIGINAL, addition.targetPath().toString(), served(base.tree()), false, true, originalFlags());
            Head head = new Head(number, addition.targetPath(), open(number, addition, original), Optional.of(base));
            head.union().add(member, addition.order() != BindOrder.AFTER);
            return head;
        } catch (ErrnoException | FroggrException | RuntimeException e) {
            base.tree().close();
            base.original().close();
            around.removeDirectory(base.directory());
            throw e;
        }
    }

    private Set<String> originalFlags() throws FroggrException {
        boolean ownUserNamespace = around.anchor().space().access() == MountSpace.Access.BY_PROCESS;
        return ownUserNamespace ? Set.of(UnionMember.OWN_IDS) : Set.of();
    }

    private Head.Base keep(int number, Showing addition)
            throws ErrnoException, FroggrException, InterruptedException {
        String directory = ORIGINAL + number;
        BytePath place = around.makeDirectory(directory);
        try {
            Original original = Original.keep(around.anchor().space(), addition.target(), addition.targetPath(), place);
            try (OwnedFd root = original.open()) {
                Optional<Attachment> own = around.own(addition.target());
                Attachment tree = own.isPresent() ? own.get() : around.local(root.number(), place);
                return new Head.Base(original, tree, directory, own.isPresent());
            } catch (ErrnoException | FroggrException | RuntimeException e) {
                original.close();
                throw e;
            }
        } catch (ErrnoException | FroggrException | InterruptedException | RuntimeException e) {
            around.removeDirectory(directory);
            throw e;
        }
    }

    /** The files of a tree that the platform is to present. */
    public static FileTree served(Attachment attachment) throws ErrnoException {
        if (attachment.tree() instanceof Tree.Served tree) {
            return tree.files();
        }
        throw new ErrnoException(Errno.EIO, "attach");
    }

    private long cover(Head head, Showing addition) throws ErrnoException, FroggrException {
        String name = Integer.toString(head.number());
        try (OwnedFd part = connection.mount().open(name)) {
            return around.cover(
                    part.number(), connection.mount().path(name), addition.target(), addition.targetPath(),
                    addition.coverFlags());
        }
    }

    private void connect() throws ErrnoException, FroggrException, InterruptedException {
        if (connection != null && connection.service().isServing()) {
            return;
        }
        disconnect();
        var server = around.server();
        UnionSpace space = around.unions().create(-1, around::say);
        try {
            BytePath directory = around.makeDirectory(FILE_SYSTEM);
            FuseMount mount = FuseMount.make(around.anchor(), directory);
            try {
                connection = new Connection(mount, space, server.serve(new Serving(mount.device(), space.files(), label)));
            } catch (ErrnoException | InterruptedException | RuntimeException e) {
                mount.close();
                throw e;
            }
        } catch (ErrnoException | FroggrException | InterruptedException | RuntimeException e) {
            space.close();
            around.removeDirectory(FILE_SYSTEM);
            throw e;
        }
    }

    private record Serving(int device, FileTree tree, String label, boolean passthrough)
            implements ServeRequest {
        Serving(int device, FileTree tree, String label) {
            this(device, tree, label, true);
        }
    }

    /**
     * Takes a tree out. The target is uncovered with the last one that was added.
     *
     * @throws ErrnoException EBUSY if the target is in use and the mode is orderly; nothing is changed then
     */
    public void remove(int head, int member, BytePath target, long mount, UnmountMode mode)
            throws ErrnoException, FroggrException {
        Head found;
        synchronized (heads) {
            found = heads.get(head);
        }
        if (found == null) {
            around.uncover(target, mount, mode);
            return;
        }
        if (found.added() > 1) {
            found.union().remove(member, false);
            return;
        }
        around.uncover(target, mount, mode);
        synchronized (heads) {
            heads.remove(head);
        }
        found.close(around);
    }

    /** Exchanges the tree of a member under those who use it. */
    public void exchange(int head, int member, FileTree tree) throws ErrnoException {
        Optional<UnionHead> union = head(head);
        if (union.isPresent()) {
            union.get().exchange(member, tree);
        }
    }

    /** Lets operations on a member's tree wait until {@link #release}, because its backend is being replaced. */
    public void hold(int head, int member) {
        head(head).ifPresent(union -> union.hold(member));
    }

    /** Ends {@link #hold}. */
    public void release(int head, int member) {
        head(head).ifPresent(union -> union.release(member));
    }

    /** As {@link #hold}, for the targets' own directories. */
    public void holdOriginals() {
        all().forEach(Head::holdOriginal);
    }

    /** Ends {@link #holdOriginals}. */
    public void releaseOriginals() {
        all().forEach(Head::releaseOriginal);
    }

    /** Ends every {@link #hold}. */
    public void releaseAll() {
        all().forEach(Head::releaseAll);
    }

    private List<Head> all() {
        synchronized (heads) {
            return new ArrayList<>(heads.values());
        }
    }

    /** Makes all unions go but these, whose mounts are not there any more. */
    public void retain(Set<Integer> numbers) {
        List<Head> gone = new ArrayList<>();
        synchronized (heads) {
            heads.values().removeIf(head -> !numbers.contains(head.number()) && gone.add(head));
        }
        gone.forEach(head -> head.close(around));
    }

    /** Ends all of it: the session ends, or its process did and took the mounts along. */
    public void close() {
        List<Head> all;
        synchronized (heads) {
            all = new ArrayList<>(heads.values());
            heads.clear();
        }
        all.forEach(head -> head.close(around));
        disconnect();
    }

    /** Unmounts one of the mounts in a session's own directory that an earlier platform left there. */
    public static void unmount(MountSpace space, BytePath path) throws ErrnoException {
        FuseMount.unmount(space, path);
    }

    /**
     * Unmounts the file systems of sessions that an earlier platform left, and all that was bound from them.
     * Only the mount table is asked where that is.
     *
     * @param directory of one session or of all
     */
    public static void unmountAll(MountSpace space, BytePath directory) throws ErrnoException {
        List<MountInfo.Entry> table = new ArrayList<>(MountInfo.parse(space.mountInfo()));
        Collections.reverse(table);
        for (MountInfo.Entry own : table) {
            if (own.mountPoint().startsWith(directory) && own.type().equals(FileServer.FILE_SYSTEM_TYPE)) {
                for (MountInfo.Entry mount : table) {
                    if (mount.device() == own.device()) {
                        unmount(space, mount.mountPoint());
                    }
                }
            }
        }
    }

    /** Exchanges the trees of the targets' own directories, the backend for them being a new one. */
    public void renewOriginals() throws ErrnoException, FroggrException {
        for (Head head : all()) {
            head.renew(around);
        }
    }

    /** Stops answering and leaves everything as it is, for the next platform. */
    public void letGo() {
        Connection now = connection;
        connection = null;
        if (now != null) {
            now.service().close();
            now.mount().letGo();
        }
    }

    /** First the mount and then the service, so that nobody meets a file system without an answer. */
    private void disconnect() {
        Connection ended = connection;
        if (ended == null) {
            return;
        }
        connection = null;
        try {
            ended.mount().close();
        } catch (ErrnoException e) {
            around.say("the session's file system could not be unmounted: " + e.getMessage());
        }
        ended.service().close();
        ended.space().close();
        around.removeDirectory(FILE_SYSTEM);
    }
}
