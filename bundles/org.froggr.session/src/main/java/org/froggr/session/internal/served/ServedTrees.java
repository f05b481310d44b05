package org.froggr.session.internal.served;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.froggr.api.session.BindOrder;
import org.froggr.api.session.UnionInfo;
import org.froggr.api.session.UnmountMode;
import org.froggr.linux.MountInfo;
import org.froggr.session.internal.checks.FuseConnections;
import org.froggr.session.internal.store.EntryRecord;
import org.froggr.session.internal.store.HeadRecord;
import org.froggr.spi.backend.Attachment;
import org.froggr.spi.backend.Tree;
import org.froggr.spi.presentation.FileService;
import org.froggr.spi.presentation.UnionHead;
import org.froggr.spi.presentation.UnionMember;
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

    /** Number of a target's own directory among the members of its union. */
    public static final long ORIGINAL_MEMBER = Head.ORIGINAL;

    private final String label;
    private final Surroundings around;
    private final Sources sources;
    private final Heads heads = new Heads();
    private final Replacements replacements;
    private volatile Link link;
    private int lastHead;
    private int lastMember;

    /** @param label short id of the session */
    public ServedTrees(String label, Surroundings around) {
        this.label = label;
        this.around = around;
        this.sources = new Sources(around);
        this.replacements = new Replacements(heads, around);
    }

    /** What is exchanged under those who use it. */
    public Replacements replacements() {
        return replacements;
    }

    /** The local directories that are served. */
    public Sources sources() {
        return sources;
    }

    /** A number for a tree that is about to be {@linkplain #add added}: what is undone and done again gets the same. */
    public int newMember() {
        int last = lastMember;
        for (Head head : heads.all()) {
            for (UnionMember member : head.union().members()) {
                last = Math.max(last, (int) member.id());
            }
        }
        return last + 1;
    }

    /** Numbers up to these are taken: those of an earlier platform. */
    public void continueAfter(int head, int member) {
        lastHead = Math.max(lastHead, head);
        lastMember = Math.max(lastMember, member);
    }

    /** What the connection was used for; empty if there is none. */
    public Optional<FileService.Usage> usage() {
        return Optional.ofNullable(link).flatMap(Link::usage);
    }

    /** All unions with their members, as people are shown them. */
    public List<UnionInfo> describe() {
        return heads.all().stream().map(Head::describe).toList();
    }

    /** Whether that is the device of the session's file system. */
    public boolean isOn(long device) {
        Link now = link;
        return now != null && now.isOn(device);
    }

    /** Number of the union that the session's file system shows all over; empty if it has an entry for each. */
    public OptionalInt whole() {
        Link now = link;
        return now == null || !now.isDirect()
                ? OptionalInt.empty()
                : heads.all().stream().mapToInt(Head::number).findFirst();
    }

    /** What is served below a path of the session's file system, for use within the platform. */
    public Optional<UnionHead> head(int number) {
        return heads.find(number).map(Head::union);
    }

    /**
     * Lets a tree appear at its target; leaves nothing behind when it throws.
     *
     * @throws FroggrException UNSUPPORTED if no bundle serves files or makes unions
     */
    public Presence add(Showing addition) throws ErrnoException, FroggrException, InterruptedException {
        connect();
        UnionMember member = new UnionMember(
                addition.member(), addition.label(), addition.tree(), addition.receivesNew(), false,
                addition.memberFlags());
        Head there = addition.order() == BindOrder.REPLACE
                ? null
                : heads.find(addition.onHead()).orElse(null);
        if (there != null) {
            around.restrict(addition.target(), addition.coverFlags());
            there.setOwn(member.id(), addition.own());
            boolean before = addition.order() != BindOrder.AFTER;
            // Said before it is done: what a successor finds too much is what no entry refers to.
            save(there.recordWith(member, before));
            there.union().add(member, before);
            return new Presence(there.number(), addition.member(), there.mount());
        }
        requireRoom(addition.targetPath());
        return new Presence(lastHead + 1, addition.member(), addHead(addition, member));
    }

    private void requireRoom(BytePath target) throws FroggrException {
        if (!link.isDirect() || heads.all().isEmpty()) {
            return;
        }
        BytePath taken = heads.all().get(0).target();
        throw FroggrException.of(
                        Fault.NO_PRIVILEGE,
                        "the session presents " + taken.quoted() + " already, and without privilege a shared session has"
                                + " one target that it presents")
                .about(target)
                .hint(taken.equals(target) ? "frg unmount " + taken.quoted() + " first" : "a session of its own: without -s");
    }

    /** Writes down all unions, one of them as it is about to be. */
    private void save(HeadRecord changing) throws ErrnoException {
        List<HeadRecord> records = new ArrayList<>();
        for (Head head : heads.all()) {
            if (head.number() != changing.number()) {
                records.add(head.record());
            }
        }
        records.add(changing);
        around.save(records);
    }

    /** Writes down all unions as they are; a successor can do with more than there are. */
    private void save() {
        try {
            around.save(heads.all().stream().map(Head::record).toList());
        } catch (ErrnoException e) {
            around.say("what a successor needs is out of date: " + e.getMessage());
        }
    }

    /** Steps: keep the original, make the union, write it down, cover the target. Each undoes those before it. */
    private long addHead(Showing addition, UnionMember member)
            throws ErrnoException, FroggrException, InterruptedException {
        int number = lastHead + 1;
        HeadMaker maker = new HeadMaker(around, link, number, addition);
        Head head = maker.make(member);
        try {
            save(head.record());
            head.setMount(maker.cover(head));
        } catch (ErrnoException | FroggrException | InterruptedException | RuntimeException e) {
            endIfDirect();
            head.close(around);
            throw e;
        }
        lastHead = number;
        heads.put(head);
        return head.mount();
    }

    /** The files of a tree that the platform is to present. */
    public static FileTree served(Attachment attachment) throws ErrnoException {
        if (attachment.tree() instanceof Tree.Served tree) {
            return tree.files();
        }
        throw new ErrnoException(Errno.EIO, "attach");
    }

    private void connect() throws ErrnoException, FroggrException, InterruptedException {
        if (heads.all().isEmpty()) {
            endIfDirect();
        }
        try {
            resumeIfLeft();
        } catch (ErrnoException e) {
            // The connection has ended
            disconnect();
        }
        if (link == null) {
            link = Link.make(label, around);
        }
    }

    /** Answers again where a server has left, as in an update of its bundle. */
    public void resumeIfLeft() throws ErrnoException, FroggrException, InterruptedException {
        if (link != null && !link.isServing()) {
            link.resume(around);
        }
    }

    /** Stops answering for a while; what is asked waits. */
    public void pause() {
        Link now = link;
        if (now != null) {
            now.pause();
        }
    }

    /** Whether nobody answers at present, though there is something to answer for. */
    public boolean isPaused() {
        Link now = link;
        return now != null && !now.isServing();
    }

    // Taking over

    /** Whether the session's file system is among what is mounted, whoever answers for it. */
    public boolean isIn(Mounted mounted) {
        return mounted.fileSystem(around).isPresent();
    }

    /** The number that the kernel has for the session's connection, if that is among what is mounted. */
    public OptionalLong connection(Mounted mounted) {
        // fuse_ctl_add_conn in fs/fuse/control.c: anonymous devices have the major number 0
        Optional<MountInfo.Entry> mount = mounted.fileSystem(around);
        return mount.isPresent() ? OptionalLong.of(mount.get().minor()) : OptionalLong.empty();
    }

    /** Whether this platform answers for the session's file system. */
    public boolean isServing() {
        Link now = link;
        return now != null && now.isServing();
    }

    /** Where the platform itself presents a member's tree; empty for others. */
    public Optional<HeadRecord.Own> own(int head, int member) {
        return heads.find(head).flatMap(h -> h.own(member));
    }

    /**
     * Begins to go on with what an earlier platform presented; {@link #restore} and {@link #resume} are next.
     *
     * @throws ErrnoException ENOENT or EBADF if there is nothing to go on with
     */
    public void adopt(Mounted mounted) throws ErrnoException, FroggrException, InterruptedException {
        link = Link.adopt(label, around, mounted);
    }

    /**
     * Makes one of the unions again.
     *
     * @param mount the kernel's id of its mount on the target
     * @return false if it has members that are presented by others of our unions, which are not there yet
     */
    public boolean restore(HeadRecord record, long mount, Restorer restorer, Mounted mounted)
            throws ErrnoException, FroggrException {
        Optional<Head> head = new HeadRestore(around, link.space(), sources, record, restorer, mounted).perform();
        head.ifPresent(restored -> {
            restored.setMount(mount);
            if (link.isDirect()) {
                link.show(restored.union().files());
            }
            lastHead = Math.max(lastHead, record.number());
            heads.put(restored);
        });
        return head.isPresent();
    }

    /**
     * Answers again: all is there.
     *
     * @return what is not as it was, one sentence each
     */
    public List<String> resume() throws ErrnoException, FroggrException, InterruptedException {
        link.space().recovered();
        link.resume(around);
        return link.losses();
    }

    /** The kernel's device, for another process of the session to hold; empty if there is none. */
    public OptionalInt device() {
        Link now = link;
        return now == null || !now.isServing() ? OptionalInt.empty() : OptionalInt.of(now.device());
    }

    /** The names in the session's directory on which something of this is mounted. */
    public Set<String> mountPoints() {
        Set<String> names = new HashSet<>(sources.mountPoints());
        heads.all().forEach(head -> head.original().ifPresent(names::add));
        if (link != null) {
            names.add(FILE_SYSTEM);
        }
        return names;
    }

    // Changing

    /**
     * Takes a tree out. The target is uncovered with the last one that was added.
     *
     * @throws ErrnoException EBUSY if the target is in use and the mode is orderly; nothing is changed then
     */
    public void remove(int head, int member, BytePath target, long mount, UnmountMode mode)
            throws ErrnoException, FroggrException {
        Head found = heads.find(head).orElse(null);
        if (found == null) {
            around.uncover(target, mount, mode);
            return;
        }
        if (found.added() > 1) {
            found.union().remove(member, false);
            save();
            return;
        }
        around.uncover(target, mount, mode);
        end(found);
    }

    /** As {@link #remove}, after others have unmounted what was on the target. */
    public void forget(int head, int member) throws ErrnoException {
        Head found = heads.find(head).orElse(null);
        if (found != null && found.added() > 1) {
            found.union().remove(member, false);
            save();
        } else if (found != null) {
            end(found);
        }
    }

    private void end(Head head) {
        heads.remove(head.number());
        save();
        endIfDirect();
        head.close(around);
    }

    /** Keys of the members of all unions, see {@link EntryRecord#treeKey(int, int)}. */
    public Set<String> members() {
        Set<String> keys = new HashSet<>();
        for (Head head : heads.all()) {
            head.union().members().forEach(member -> keys.add(EntryRecord.treeKey(head.number(), (int) member.id())));
        }
        return keys;
    }

    /** Numbers of the members of a union, first to last; empty if there is no such union. */
    public List<Long> order(int head) {
        return head(head).map(UnionHead::members).orElse(List.of()).stream().map(UnionMember::id).toList();
    }

    /**
     * Puts the members of a union in another order.
     *
     * @param members all of them, each once
     */
    public void reorder(int head, List<Long> members) throws ErrnoException {
        Head found = heads.find(head).orElseThrow(() -> new ErrnoException(Errno.ENOENT, "reorder"));
        save(found.recordInOrder(members));
        try {
            found.union().reorder(members);
        } catch (ErrnoException | RuntimeException e) {
            save();
            throw e;
        }
    }

    /** Makes all unions go but these, whose mounts are not there any more. */
    public void retain(Set<Integer> numbers) {
        List<Head> gone = heads.takeAllBut(numbers);
        if (!gone.isEmpty()) {
            save();
            endIfDirect();
            gone.forEach(head -> head.close(around));
        }
    }

    /** Takes members out that no entry refers to: an earlier platform was about to add them, or had removed them. */
    public void retainMembers(Set<Integer> members) {
        for (Head head : heads.all()) {
            for (UnionMember member : head.union().members()) {
                if (!member.original() && !members.contains((int) member.id()) && head.added() > 1) {
                    try {
                        head.union().remove(member.id(), false);
                    } catch (ErrnoException e) {
                        around.say(member.label() + " could not be taken out: " + e.getMessage());
                    }
                    sources.drop((int) member.id());
                }
            }
        }
    }

    /** Ends all of it: the session ends, or its process did and took the mounts along. */
    public void close() {
        endIfDirect();
        heads.takeAllBut(Set.of()).forEach(head -> head.close(around));
        sources.dropAll();
        disconnect();
    }

    /** Stops answering and leaves everything as it is, for the next platform. */
    public void letGo() {
        Link now = link;
        link = null;
        if (now != null) {
            now.letGo();
        }
    }

    /** Has the kernel tell everybody who uses the session's file system that it is not connected (ENOTCONN). */
    public void abort() throws ErrnoException {
        if (!around.isDirect()) {
            FuseMount.abort(around.space(), around.directory().resolve(FILE_SYSTEM));
        } else {
            Optional<MountInfo.Entry> mount = TargetMount.find(around);
            if (mount.isPresent()) {
                FuseConnections.abort(mount.get().device());
            }
        }
    }

    /** Of a take-over that failed: nothing is presented, and what is mounted is left to be unmounted. */
    public void abandon() {
        letGo();
        heads.takeAllBut(Set.of()).forEach(head -> head.abandon(around));
    }

    /** A mount on a target goes with the union that it shows. */
    private void endIfDirect() {
        if (link != null && link.isDirect()) {
            disconnect();
        }
    }

    private void disconnect() {
        Link ended = link;
        if (ended != null) {
            link = null;
            ended.close(around);
        }
    }
}
