package org.froggr.backend.kernel.internal;

import java.util.List;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.MountFlags;
import org.froggr.linux.MountInfo;
import org.froggr.linux.OwnedFd;
import org.froggr.linux.Stat;
import org.froggr.spi.presentation.MountSpace;
import org.froggr.spi.presentation.PresentRequest;

/**
 * One bind by mount(8), which only the session's process may run. The program takes names; whether it
 * bound what was checked is looked up afterwards, and undone if not.
 */
final class CommandBind {
    private final PresentRequest request;
    private final BindFlags flags;
    private final KnownMounts known;
    private final MountSpace space;
    private final BytePath target;

    CommandBind(PresentRequest request, BindFlags flags, KnownMounts known) {
        this.request = request;
        this.flags = flags;
        this.known = known;
        this.space = request.space();
        this.target = request.targetPath();
    }

    long perform() throws ErrnoException, InterruptedException {
        Stat source = Stats.of(request.source());
        long before = topmost();
        try {
            space.run(bindCommand());
            long id = checked(source, before);
            if (request.recursive() && !flags.isEmpty()) {
                restrictAllBelow(id);
            }
            return id;
        } catch (ErrnoException e) {
            throw explained(e, undo(before));
        } catch (InterruptedException | RuntimeException e) {
            undo(before);
            throw e;
        }
    }

    private long topmost() throws ErrnoException {
        try (OwnedFd top = OwnedFd.of(space.open(target))) {
            return Stats.of(top.number()).mountId();
        }
    }

    /** mount(8) makes the bind first and remounts it with its flags after; a plain bind keeps the source's. */
    private List<BytePath> bindCommand() throws ErrnoException {
        String verb = request.recursive() ? "rbind" : "bind";
        String options = flags.isEmpty() ? verb : flags.and(MountFlags.of(request.source())).option(verb);
        String propagation = request.recursive() ? "--make-rslave" : "--make-slave";
        return Programs.mount(propagation, options, request.sourcePath(), target);
    }

    private long checked(Stat source, long before) throws ErrnoException {
        try (OwnedFd top = OwnedFd.of(space.open(target))) {
            Stat stat = Stats.of(top.number());
            if (stat.mountId() == before || !stat.sameFile(source)) {
                throw new ErrnoException(
                        Errno.ESTALE.number(), "mount (changed meanwhile)", request.sourcePath());
            }
            known.remember(stat.mountId(), top.number());
            return stat.mountId();
        }
    }

    /** A remount concerns one mount only, also that of a recursive bind. */
    private void restrictAllBelow(long id) throws ErrnoException, InterruptedException {
        for (MountInfo.Entry child : MountTable.parse(space.mountInfo()).below(id)) {
            space.run(Programs.mount("--make-slave", remountOptions(child), child.source(), child.mountPoint()));
        }
    }

    private String remountOptions(MountInfo.Entry child) throws ErrnoException {
        try (OwnedFd root = OwnedFd.of(space.open(child.mountPoint()))) {
            return flags.and(MountFlags.of(root.number())).option("remount", "bind");
        }
    }

    /** @return whether there was something to undo */
    private boolean undo(long before) throws ErrnoException, InterruptedException {
        // The process runs one program after another: after this one, an interrupted one has ended.
        space.run(Programs.nothing());
        long now = topmost();
        if (now == before) {
            return false;
        }
        known.forget(now);
        space.run(Programs.unmount("-l", target));
        return true;
    }

    private ErrnoException explained(ErrnoException e, boolean wasBound) throws ErrnoException {
        if (wasBound && !flags.isEmpty() && (e.is(Errno.EPERM) || e.is(Errno.EIO))) {
            return refused(Errno.EPERM, "without privilege this flag of the source cannot be changed", e);
        }
        if (!wasBound && !request.recursive() && hasMountsBelowSource()) {
            return refused(
                    Errno.EINVAL, "without privilege, mounts below the source must come along: bind recursively", e);
        }
        return e;
    }

    private boolean hasMountsBelowSource() throws ErrnoException {
        return MountTable.parse(space.mountInfo()).hasMountsBelow(request.sourcePath());
    }

    private ErrnoException refused(Errno errno, String why, ErrnoException cause) {
        return Errors.because(errno.number(), "mount (" + why + ")", request.sourcePath(), cause);
    }
}
