package org.froggr.namespace.internal;

import java.util.ArrayList;
import java.util.List;
import org.froggr.api.ErrnoException;
import org.froggr.spi.tree.Attributes;
import org.froggr.spi.tree.DirectorySink;
import org.froggr.spi.tree.FileName;
import org.froggr.spi.tree.OpenDirectory;
import org.froggr.spi.tree.OwnRequest;
import org.froggr.spi.tree.Requester;

/**
 * An open directory of the union (rule 6): its parts one after the other, without the names that an earlier one
 * has listed. Which parts there are is asked at the beginning of a listing.
 *
 * <p>A directory of one part has that part's offsets. Else the names of all parts but the last are remembered,
 * 20 bytes each, until the next beginning. A listing that is asked to go on where another one of the
 * directory was, as after a restart, reads the names of the parts up to there first.
 */
final class UnionListing implements OpenDirectory {
    private static final int S_IFDIR = 0040000;

    private final DirectoryNode directory;

    /** What it was opened in. */
    private View view;

    private List<PartListing> parts;
    private NameSet names;
    private Offsets offsets;
    private boolean begun;
    private boolean closed;

    // When it was read from the beginning: System.nanoTime(), and how often the directory had changed
    private boolean whole;
    private long nanos;
    private int changes;

    private UnionListing(DirectoryNode directory, View view, List<PartListing> parts) {
        this.directory = directory;
        this.view = view;
        this.parts = parts;
        directory.retain();
    }

    static UnionListing open(DirectoryNode directory, Requester by) throws ErrnoException {
        View view = directory.view();
        if (directory.name != null || !view.failing.isEmpty()) {
            view.first();
        }
        return new UnionListing(directory, view, openAll(directory, view, by));
    }

    private static List<PartListing> openAll(DirectoryNode directory, View view, Requester by)
            throws ErrnoException {
        while (true) {
            List<PartListing> opened = new ArrayList<>(view.parts.length);
            try {
                return openAll(directory, view, by, opened);
            } catch (Part.Exchanged e) {
                closeAll(opened);
                directory.invalidate();
                return openAll(directory, directory.view(), by);
            } catch (ErrnoException | RuntimeException e) {
                closeAll(opened);
                throw e;
            }
        }
    }

    private static List<PartListing> openAll(
            DirectoryNode directory, View view, Requester by, List<PartListing> opened) throws ErrnoException {
        ErrnoException failure = null;
        for (Part part : view.parts) {
            try {
                opened.add(PartListing.open(directory, part, view.members.position(part.member), by));
            } catch (ErrnoException e) {
                if (!view.isMerged() || !part.member.isPassedOver(e)) {
                    throw e;
                }
                failure = e;
            }
        }
        if (opened.isEmpty() && failure != null) {
            throw failure;
        }
        return opened;
    }

    private static void closeAll(List<PartListing> opened) throws ErrnoException {
        ErrnoException failure = null;
        for (PartListing part : opened) {
            try {
                part.close();
            } catch (ErrnoException e) {
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public synchronized void read(long offset, DirectorySink sink) throws ErrnoException {
        if (offset == 0) {
            begin();
        }
        if (parts.size() == 1) {
            PartListing only = parts.get(0);
            only.read(offset, (name, inode, type, next) -> sink.add(name, number(only, name, inode, type), type, next));
        } else if (parts.size() > 1) {
            readMerged(offset, sink);
        }
    }

    /** Shows the directory as it is now. */
    private void begin() throws ErrnoException {
        changes = directory.changes();
        if (begun) {
            View now = directory.view();
            if (!isOf(now)) {
                List<PartListing> old = parts;
                parts = openAll(directory, now, OwnRequest.SELF);
                closeAll(old);
            }
            view = now;
        }
        begun = true;
        whole = true;
        nanos = System.nanoTime();
        names = new NameSet();
        offsets = new Offsets();
    }

    private boolean isOf(View now) {
        if (now.parts.length != parts.size()) {
            return false;
        }
        for (int i = 0; i < now.parts.length; i++) {
            if (now.parts[i].member != parts.get(i).member || now.parts[i].node != parts.get(i).node()) {
                return false;
            }
        }
        return true;
    }

    // What has just been listed, for the thread that has done so

    /** Whether it lists that directory, all parts of that view. */
    boolean isOf(DirectoryNode asked, View of) {
        return directory == asked && view == of && parts.size() == of.parts.length;
    }

    /** Whether nothing is known to have come since it was begun. */
    boolean isUnchanged() {
        return changes == directory.changes();
    }

    /** For how long the parts before one do not have what they have not shown. */
    int absentMillis(int part) {
        // What a tree says of its root's missing names it cannot always call back
        int millis = directory.isRoot() ? Attributes.DEFAULT_VALIDITY_MILLIS : Integer.MAX_VALUE;
        for (int i = 0; i < part; i++) {
            millis = Math.min(millis, parts.get(i).validityMillis);
        }
        return millis;
    }

    private void readMerged(long offset, DirectorySink sink) throws ErrnoException {
        int at = 0;
        long inPart = 0;
        if (offset != 0) {
            begun = true;
            whole &= names != null;
            Continuation from = new Continuation(parts, offset);
            if (names == null) {
                names = directory.head().plan9 ? new NameSet() : from.names();
                offsets = new Offsets();
            }
            at = from.part();
            inPart = from.inPart(offsets);
        }
        JustListed shown = whole && !directory.head().plan9 ? JustListed.by(this, nanos) : null;
        readFrom(at, inPart, sink, shown);
        if (shown != null) {
            shown.end();
        }
    }

    private void readFrom(int first, long inFirst, DirectorySink sink, JustListed shown) throws ErrnoException {
        int at = first;
        long inPart = inFirst;
        while (at < parts.size()) {
            Merging merging = new Merging(at, sink, shown);
            try {
                parts.get(at).read(inPart, merging);
            } catch (ErrnoException e) {
                if (!parts.get(at).member.isPassedOver(e)) {
                    throw e;
                }
            }
            if (merging.full) {
                return;
            }
            at++;
            inPart = 0;
        }
    }

    /** Takes the entries of one part. */
    private final class Merging implements DirectorySink {
        private final int part;
        private final DirectorySink sink;
        private final JustListed shown;
        private boolean full;

        Merging(int part, DirectorySink sink, JustListed shown) {
            this.part = part;
            this.sink = sink;
            this.shown = shown;
        }

        @Override
        public boolean add(FileName name, long inode, int type, long next) {
            boolean duplicates = directory.head().plan9;
            long hash = duplicates ? 0 : NameSet.hash(name.bytes());
            int by = duplicates ? -1 : names.part(hash);
            if (by >= 0 && by != part) {
                return true;
            }
            long number = number(parts.get(part), name, inode, type);
            full = !sink.add(name, number, type, offsets.of(parts.get(part).place, next));
            if (!full && !duplicates && part < parts.size() - 1) {
                names.put(hash, part);
            }
            if (!full && shown != null && part > 0) {
                shown.add(hash, part);
            }
            return !full;
        }
    }

    /** As the attributes of that name would say. */
    private long number(PartListing part, FileName name, long inode, int type) {
        Head head = directory.head();
        long plain = head.space.numbers.of(part.device, inode);
        if (type != S_IFDIR) {
            return plain;
        }
        DirectoryNode known = (DirectoryNode) head.table.find(directory, name.bytes(), true);
        if (known != null) {
            long number = known.number;
            known.release(1);
            return number;
        }
        return DirectoryNumbers.listed(directory, name, part.member, plain, inBase());
    }

    private PartListing inBase() {
        for (PartListing part : parts) {
            if (part.member.bound.id() == directory.base()) {
                return part;
            }
        }
        return null;
    }

    @Override
    public synchronized void sync(boolean dataOnly) throws ErrnoException {
        for (PartListing part : parts) {
            part.sync(dataOnly);
        }
    }

    @Override
    public synchronized void close() throws ErrnoException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            closeAll(parts);
        } finally {
            parts = List.of();
            directory.release(1);
        }
    }
}
