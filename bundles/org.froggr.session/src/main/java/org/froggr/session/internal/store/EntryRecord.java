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

    /** The same entry, mounted. */
    public EntryRecord mounted(long id, long uniqueId) {
        return with(id, uniqueId, Stage.PRESENT);
    }

    /** The same entry, about to be mounted again. */
    public EntryRecord intended() {
        return with(0, 0, Stage.INTENDED);
    }

    /** The same entry, gone. */
    public EntryRecord lost() {
        return with(0, 0, Stage.LOST);
    }

    /** The same entry with the tree found there. */
    public EntryRecord with(String newTree) {
        return new EntryRecord(
                kind, source, targetText, order, recursive, create, options, scheme, type, newTree, made, mount,
                uniqueMount, stage, reported, since);
    }

    private EntryRecord with(long id, long uniqueId, Stage newStage) {
        return new EntryRecord(
                kind, source, targetText, order, recursive, create, options, scheme, type, tree, made, id, uniqueId,
                newStage, reported, since);
    }
}
