package org.froggr.session.internal.served;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.froggr.api.BytePath;
import org.froggr.api.ByteText;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.api.FroggrException;
import org.froggr.linux.Ids;
import org.froggr.linux.MountInfo;
import org.froggr.linux.OwnedFd;
import org.froggr.session.internal.checks.FuseConnections;
import org.froggr.session.internal.process.Fusermount;
import org.froggr.spi.presentation.FileServer;

/**
 * The mount of a session's file system on its one target, by fusermount3(1): for users who may bind nothing where
 * all their processes would see it. The mount table names the session's directory as its source.
 */
final class TargetMount extends ServedMount {
    private final Surroundings around;
    private final MountInfo.Entry mount;

    private TargetMount(Surroundings around, OwnedFd device, MountInfo.Entry mount) {
        super(device);
        this.around = around;
        this.mount = mount;
    }

    /**
     * Mounts it. Nobody answers yet; whoever touches it waits.
     *
     * @throws FroggrException see {@link Fusermount#mount}
     */
    static TargetMount make(Surroundings around, BytePath target) throws ErrnoException, FroggrException {
        OwnedFd device = Fusermount.mount(target, options(around.directory()));
        try {
            MountInfo.Entry mount = find(around)
                    .filter(m -> m.mountPoint().equals(target))
                    .orElseThrow(() -> new ErrnoException(Errno.ESTALE.number(), "mount (changed meanwhile)", target));
            return new TargetMount(around, device, mount);
        } catch (ErrnoException | RuntimeException e) {
            device.close();
            StaleMounts.unmountAll(around);
            throw e;
        }
    }

    /**
     * One that an earlier platform mounted, by the descriptor that the session's process holds.
     *
     * @throws ErrnoException ENOENT if it is not mounted, EBADF if the process does not hold the device
     */
    static TargetMount adopt(Surroundings around, Mounted mounted)
            throws ErrnoException, FroggrException, InterruptedException {
        MountInfo.Entry mount = mounted.onTarget(around.directory())
                .orElseThrow(() -> new ErrnoException(Errno.ENOENT.number(), "mount", around.directory()));
        return new TargetMount(around, OwnedFd.of(around.device()), mount);
    }

    /** Set-user-id programs and devices are never allowed there (fusermount3 sees to that). */
    private static String options(BytePath directory) {
        String source = ByteText.decode(directory.bytes()).replace("\\", "\\\\").replace(",", "\\,");
        String subtype = FileServer.FILE_SYSTEM_TYPE.substring(FileServer.FILE_SYSTEM_TYPE.indexOf('.') + 1);
        return "fsname=" + source + ",subtype=" + subtype + ",default_permissions";
    }

    /** From the mount table: nobody may answer yet who asks the file system itself. */
    static Optional<MountInfo.Entry> find(Surroundings around) throws ErrnoException {
        return Mounted.below(around.directory(), around.space()).onTarget(around.directory());
    }

    /** @param directories of sessions */
    static boolean isOf(MountInfo.Entry mount, Set<BytePath> directories) {
        return mount.type().equals(FileServer.FILE_SYSTEM_TYPE)
                && directories.contains(mount.source())
                && isOurs(mount);
    }

    /** @param directory of a session or of all sessions */
    static boolean isBelow(MountInfo.Entry mount, BytePath directory) {
        return mount.type().equals(FileServer.FILE_SYSTEM_TYPE)
                && mount.source().startsWith(directory)
                && isOurs(mount);
    }

    private static boolean isOurs(MountInfo.Entry mount) {
        return List.of(mount.superOptions().split(",")).contains("user_id=" + Ids.euid());
    }

    /** The kernel's id of the mount. */
    long id() {
        return mount.id();
    }

    @Override
    long number() {
        return mount.device();
    }

    /** And ends the connection: the session's process holds the device too, and who has files open would wait for ever. */
    @Override
    void unmount() throws ErrnoException {
        StaleMounts.unmountAll(around);
        abort();
    }

    private void abort() throws ErrnoException {
        try {
            FuseConnections.abort(number());
        } catch (ErrnoException e) {
            // It has ended with the mount
            if (!e.is(Errno.ENOENT)) {
                throw e;
            }
        }
    }
}
