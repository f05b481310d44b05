package org.froggr.session.internal.served;

import java.util.List;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Fd;
import org.froggr.linux.Mounts;
import org.froggr.linux.OwnedFd;
import org.froggr.linux.Stat;
import org.froggr.spi.presentation.MountSpace;

/**
 * The directory that a union covers, kept reachable with all that is mounted below it: a recursive clone of
 * it in the session's directory, which also the next platform finds there.
 */
final class Original implements AutoCloseable {
    private static final BytePath ITSELF = BytePath.of("");

    private final MountSpace space;
    private final BytePath place;

    private Original(MountSpace space, BytePath place) {
        this.space = space;
        this.place = place;
    }

    /**
     * @param target O_PATH descriptor of the directory, not covered yet
     * @param place an empty directory for the clone
     */
    static Original keep(MountSpace space, int target, BytePath path, BytePath place)
            throws ErrnoException, InterruptedException {
        if (space.access() == MountSpace.Access.BY_PROCESS) {
            keepByProcess(space, target, path, place);
        } else {
            space.call(() -> {
                try (OwnedFd clone = OwnedFd.of(Mounts.openTree(target, ITSELF, true, true))) {
                    // As a slave: what is undone below the clone must not be undone below the target.
                    Mounts.setAttributes(clone.number(), true, 0, 0, Mounts.MS_SLAVE);
                    try (OwnedFd at = OwnedFd.of(Fd.open(place, Fd.O_PATH, 0))) {
                        Mounts.moveMount(clone.number(), at.number());
                    }
                }
                return null;
            });
        }
        return new Original(space, place);
    }

    /** By name, as mount(8) works; what was cloned is compared with what is held. */
    private static void keepByProcess(MountSpace space, int target, BytePath path, BytePath place)
            throws ErrnoException, InterruptedException {
        space.run(List.of(
                BytePath.of("mount"), BytePath.of("-c"), BytePath.of("-i"), BytePath.of("--make-rslave"),
                BytePath.of("-o"), BytePath.of("rbind"), BytePath.of("--"), path, place));
        try (OwnedFd clone = OwnedFd.of(space.open(place))) {
            if (!Stat.of(clone.number()).sameFile(Stat.of(target))) {
                FuseMount.unmount(space, place);
                throw new ErrnoException(Errno.ESTALE.number(), "mount (changed meanwhile)", path);
            }
        }
    }

    /** O_PATH descriptor of the directory. */
    OwnedFd open() throws ErrnoException {
        return OwnedFd.of(space.open(place));
    }

    @Override
    public void close() throws ErrnoException {
        FuseMount.unmount(space, place);
    }
}
