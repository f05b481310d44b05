package org.froggr.namespace.internal;

import java.util.List;
import org.froggr.api.ErrnoException;
import org.froggr.spi.tree.DirectorySink;

/**
 * Where a merged listing goes on from an offset, which another listing of the directory may have given out. What
 * was made or removed in between is of no consequence to other names: a part's own offsets see to that, and the
 * names of the parts before are asked for anew.
 */
final class Continuation {
    private final List<PartListing> parts;
    private final long offset;
    private final int part;
    private final boolean inside;

    Continuation(List<PartListing> parts, long offset) {
        this.parts = parts;
        this.offset = offset;
        int place = Offsets.place(offset);
        int at = 0;
        while (at < parts.size() && parts.get(at).place < place) {
            at++;
        }
        part = at;
        inside = at < parts.size() && parts.get(at).place == place;
    }

    /** Which part goes on, or begins if the one that was read is not there any more. */
    int part() {
        return part;
    }

    /** Names that were listed, or will be, by the parts up to this one; the last part's need not be known. */
    NameSet names() throws ErrnoException {
        NameSet names = new NameSet();
        for (int i = 0; i < Math.min(part + 1, parts.size() - 1); i++) {
            int number = i;
            read(parts.get(i), (name, inode, type, next) -> {
                long hash = NameSet.hash(name.bytes());
                if (names.part(hash) < 0) {
                    names.put(hash, number);
                }
                return true;
            });
        }
        return names;
    }

    /** The offset in that part. */
    long inPart(Offsets offsets) throws ErrnoException {
        if (!inside) {
            return 0;
        }
        return offsets.isExact(offset) ? offsets.inMember(offset) : search(offsets);
    }

    /** The entry that had the offset may be gone: then the next one that is there follows its upper bits. */
    private long search(Offsets offsets) throws ErrnoException {
        PartListing listing = parts.get(part);
        long[] found = {offsets.inMember(offset)};
        read(listing, (name, inode, type, next) -> {
            boolean is = Offsets.pack(listing.place, next) == offset;
            found[0] = is ? next : found[0];
            return !is;
        });
        return found[0];
    }

    private static void read(PartListing listing, DirectorySink sink) throws ErrnoException {
        try {
            listing.read(0, sink);
        } catch (ErrnoException e) {
            if (!listing.member.isPassedOver(e)) {
                throw e;
            }
        }
    }
}
