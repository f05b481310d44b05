package org.froggr.session.internal;

import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.session.internal.store.EntryRecord;
import org.froggr.spi.backend.MountBackend;
import org.froggr.spi.presentation.MountSpace;

/** Recognises the mount of an entry whose id was not, or no longer, recorded when a platform died. */
final class OwnMount {
    private final Registry registry;
    private final MountSpace space;

    OwnMount(Registry registry, MountSpace space) {
        this.registry = registry;
        this.space = space;
    }

    /** Its id; 0 if it has none. */
    long find(EntryRecord entry) {
        // A held descriptor would keep the mount busy: none is kept.
        try (Located target = Located.open(space, entry.target())) {
            return isItsMount(entry, target) ? target.stat().mountId() : 0;
        } catch (ErrnoException e) {
            // What cannot be looked up is not visible there, so it is not mounted as far as anybody can tell.
            return 0;
        }
    }

    /** The entry as present if its mount is there, else as it is. */
    EntryRecord rediscovered(EntryRecord entry) {
        long id = entry.present() ? 0 : find(entry);
        return id == 0 ? entry : entry.mounted(id, Placement.uniqueId(space, entry.target(), id), null);
    }

    /**
     * Nobody else's mount: on this very target, of this very source or of its session's file system, and recorded by
     * no other entry.
     */
    private boolean isItsMount(EntryRecord entry, Located target) throws ErrnoException {
        long id = target.stat().mountId();
        boolean recorded = registry.all().stream()
                .flatMap(session -> session.record().entries().stream())
                .anyMatch(other -> other.mount() == id);
        if (recorded || !target.stat().isMountRoot() || !target.path().equals(entry.target())) {
            return false;
        }
        if (isOfItsSession(entry, target)) {
            return true;
        }
        String source = entry.scheme().equals(MountBackend.LOCAL) ? entry.source() : entry.tree();
        if (source.isEmpty()) {
            return false;
        }
        try (Located tree = Located.open(space, BytePath.of(source))) {
            return tree.stat().sameFile(target.stat());
        }
    }

    private boolean isOfItsSession(EntryRecord entry, Located target) {
        return registry.ofDevice(target.stat().device())
                .filter(session -> session.record().entries().contains(entry))
                .isPresent();
    }
}
