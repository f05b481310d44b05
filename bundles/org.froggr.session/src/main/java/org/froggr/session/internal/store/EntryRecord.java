package org.froggr.session.internal.store;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.froggr.api.BytePath;
import org.froggr.api.session.BindOrder;
import org.froggr.api.session.EntryKind;
import org.froggr.api.session.NamespaceEntry;

/**
 * A mount or bind as it is kept. It is written as {@linkplain Stage#INTENDED intended} before the
 * kernel is asked, so that a crash in between leaves no mount that nobody knows of.
 *
 * @param source absolute path, or {@code scheme:rest}, as ByteText
 * @param targetText absolute path without symbolic links, as ByteText
 * @param scheme scheme of the backend
 * @param type type of the backend
 * @param tree where the backend's tree was found, as ByteText, for {@code MountBackend.adopt}
 * @param made how many of the last components of the target were made for it
 * @param mount the kernel's id of the mount, as mountinfo shows it, 0 if there is none; the kernel gives
 *     it out again after an unmount
 * @param uniqueMount the id that is never given out again (STATX_MNT_ID_UNIQUE, statx(2)), 0 if there is
 *     no mount or the kernel is older than 6.8
 * @param head number of the union in the session's file system that shows it, 0 if the kernel does
 * @param member number of its tree in that union
 * @param along what came along below the mount when it was made, null if that is not known
 */
public record EntryRecord(
        EntryKind kind,
        String source,
        String targetText,
        BindOrder order,
        boolean recursive,
        boolean create,
        List<String> options,
        String scheme,
        String type,
        String tree,
        int made,
        long mount,
        long uniqueMount,
        int head,
        int member,
        List<SubmountRecord> along,
        Stage stage,
        boolean reported,
        Instant since)
        implements NamespaceEntry {

    /** How far it got. */
    public enum Stage {
        /** About to be mounted. */
        INTENDED,
        /** Mounted. */
        PRESENT,
        /** Gone behind Froggr's back. */
        LOST
    }

    public EntryRecord {
        options = List.copyOf(options);
        along = along == null ? null : List.copyOf(along);
    }

    @Override
    public BytePath target() {
        return BytePath.of(targetText);
    }

    @Override
    public OptionalLong mountId() {
        return mount == 0 ? OptionalLong.empty() : OptionalLong.of(mount);
    }

    @Override
    public boolean present() {
        return stage == Stage.PRESENT;
    }

    /** Whether the platform itself presents it. */
    public boolean isServed() {
        return head != 0;
    }

    /** Tells the trees of a session apart, as long as they are there. */
    public String treeKey() {
        return isServed() ? treeKey(head, member) : Long.toString(mount);
    }

    /** The same of a member of a union. */
    public static String treeKey(int head, int member) {
        return head + "." + member;
    }

    /** The same entry, shown by that union. */
    public EntryRecord served(int newHead, int newMember) {
        return new EntryRecord(
                kind, source, targetText, order, recursive, create, options, scheme, type, tree, made, mount,
                uniqueMount, newHead, newMember, along, stage, reported, since);
    }

    /** The same entry, as if it had been put there. */
    public EntryRecord ordered(BindOrder newOrder) {
        return new EntryRecord(
                kind, source, targetText, newOrder, recursive, create, options, scheme, type, tree, made, mount,
                uniqueMount, head, member, along, stage, reported, since);
    }

    /**
     * The same entry, mounted.
     *
     * @param submounts what came along, null if that is not known
     */
    public EntryRecord mounted(long id, long uniqueId, List<SubmountRecord> submounts) {
        return with(id, uniqueId, submounts, Stage.PRESENT);
    }

    /** The same entry, about to be mounted again. */
    public EntryRecord intended() {
        return served(0, 0).with(0, 0, null, Stage.INTENDED);
    }

    /** The same entry, gone. */
    public EntryRecord lost() {
        return served(0, 0).with(0, 0, null, Stage.LOST);
    }

    /** The same entry with those that are left of what came along. */
    public EntryRecord with(List<SubmountRecord> left) {
        return with(mount, uniqueMount, left, stage);
    }

    /** The same entry with the tree found there. */
    public EntryRecord with(String newTree) {
        return new EntryRecord(
                kind, source, targetText, order, recursive, create, options, scheme, type, newTree, made, mount,
                uniqueMount, head, member, along, stage, reported, since);
    }

    private EntryRecord with(long id, long uniqueId, List<SubmountRecord> submounts, Stage newStage) {
        return new EntryRecord(
                kind, source, targetText, order, recursive, create, options, scheme, type, tree, made, id, uniqueId,
                head, member, submounts, newStage, reported, since);
    }
}
