package org.froggr.session.internal.served;

import java.util.List;
import java.util.Optional;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Fd;
import org.froggr.linux.Mounts;
import org.froggr.linux.OwnedFd;
import org.froggr.linux.Stat;
import org.froggr.spi.presentation.MountSpace;

/**
 * A directory that is used after its path means something else, because a union covers it, or may mean something
 * else: a clone of it in the session's directory, which also the next platform finds there. Without the privilege to
 * clone it is kept open instead, by the session's process; what is mounted below it is seen then.
 */
final class KeptTree implements AutoCloseable {
    private static final BytePath ITSELF = BytePath.of("");

    private final Surroundings around;
    private final BytePath place;

    private KeptTree(Surroundings around, BytePath place) {
        this.around = around;
        this.place = place;
    }

    /**
     * Makes the clone.
     *
     * @param directory O_PATH descriptor of the directory, not covered yet
     * @param place an empty directory for the clone
     * @param recursive with all that is mounted below it, which a session's process has always to do
     * @param propagation Mounts.MS_SLAVE if what is mounted and unmounted later on the mounts below it is to be
     *     seen, or MS_PRIVATE
     */
    static KeptTree keep(
            Surroundings around, int directory, BytePath path, BytePath place, boolean recursive, long propagation)
            throws ErrnoException, InterruptedException {
        MountSpace space = around.space();
        if (around.isDirect()) {
            around.store().put(place.fileName().toString(), directory);
        } else if (space.access() == MountSpace.Access.BY_PROCESS) {
            keepByProcess(space, directory, path, place, propagation);
        } else {
            space.call(() -> {
                try (OwnedFd clone = OwnedFd.of(Mounts.openTree(directory, ITSELF, true, recursive))) {
                    // Never as a peer: what is undone below the clone must not be undone below the directory.
                    Mounts.setAttributes(clone.number(), recursive, 0, 0, propagation);
                    // What is going to cover the directory must not arrive in the clone, for a successor to open.
                    Mounts.setAttributes(clone.number(), false, 0, 0, Mounts.MS_PRIVATE);
                    try (OwnedFd at = OwnedFd.of(Fd.open(place, Fd.O_PATH, 0))) {
                        Mounts.moveMount(clone.number(), at.number());
                    }
                }
                return null;
            });
        }
        return new KeptTree(around, place);
    }

    /** One that an earlier platform kept. */
    static Optional<KeptTree> find(Surroundings around, Mounted mounted, String name) throws ErrnoException {
        BytePath place = around.directory().resolve(name);
        if (around.isDirect()) {
            Optional<OwnedFd> kept = around.store().get(name);
            if (kept.isPresent()) {
                kept.get().close();
            }
            return kept.map(there -> new KeptTree(around, place));
        }
        return mounted.isAt(place) ? Optional.of(new KeptTree(around, place)) : Optional.empty();
    }

    /** By name, as mount(8) works; what was cloned is compared with what is held. */
    private static void keepByProcess(MountSpace space, int directory, BytePath path, BytePath place, long propagation)
            throws ErrnoException, InterruptedException {
        String way = propagation == Mounts.MS_SLAVE ? "--make-rslave" : "--make-rprivate";
        space.run(List.of(
                BytePath.of("mount"), BytePath.of("-c"), BytePath.of("-i"), BytePath.of(way),
                BytePath.of("-o"), BytePath.of("rbind"), BytePath.of("--"), path, place));
        try (OwnedFd clone = OwnedFd.of(space.open(place))) {
            if (!Stat.of(clone.number()).sameFile(Stat.of(directory))) {
                FuseMount.unmount(space, place);
                throw new ErrnoException(Errno.ESTALE.number(), "mount (changed meanwhile)", path);
            }
        }
    }

    /** O_PATH descriptor of the directory. */
    OwnedFd open() throws ErrnoException {
        if (around.isDirect()) {
            return around.store()
                    .get(place.fileName().toString())
                    .orElseThrow(() -> new ErrnoException(Errno.ENOENT.number(), "recvmsg", place));
        }
        return OwnedFd.of(around.space().open(place));
    }

    @Override
    public void close() throws ErrnoException {
        if (around.isDirect()) {
            around.store().remove(place.fileName().toString());
            return;
        }
        FuseMount.unmount(around.space(), place);
    }
}
