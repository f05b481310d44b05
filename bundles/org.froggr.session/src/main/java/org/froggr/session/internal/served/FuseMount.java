package org.froggr.session.internal.served;

import java.util.List;
import java.util.stream.Stream;
import org.froggr.api.BytePath;
import org.froggr.api.ByteText;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.api.FroggrException;
import org.froggr.linux.Ids;
import org.froggr.linux.Mounts;
import org.froggr.linux.OwnedFd;
import org.froggr.linux.Stat;
import org.froggr.session.internal.process.Anchor;
import org.froggr.session.internal.process.Fusermount;
import org.froggr.spi.presentation.FileServer;
import org.froggr.spi.presentation.MountSpace;

/**
 * The mount of a session's file system, in the session's own directory, where only its owner can go. The
 * session's process has opened the device, in the user namespace that the mount belongs to (a descriptor
 * from outside could not be mounted there), and keeps it open; the platform has the same open file.
 */
final class FuseMount extends ServedMount {
    private static final BytePath SOURCE = BytePath.of("froggr");

    private final Surroundings around;
    private final BytePath directory;
    private final long number;

    private FuseMount(Surroundings around, BytePath directory, OwnedFd device, long number) {
        super(device);
        this.around = around;
        this.number = number;
        this.directory = directory;
    }

    /**
     * Mounts it. Nobody answers yet; whoever touches it waits.
     *
     * @param directory an empty directory, as seen in the session's mount namespace
     * @throws ErrnoException EACCES if {@code /dev/fuse} may not be opened, ENODEV if the kernel has no FUSE
     */
    static FuseMount make(Surroundings around, BytePath directory)
            throws ErrnoException, FroggrException, InterruptedException {
        around.anchor().openFuse();
        OwnedFd device = OwnedFd.of(around.device());
        try {
            mount(around.space(), directory, device.number());
            return new FuseMount(around, directory, device, numberOf(around.space(), directory));
        } catch (ErrnoException | InterruptedException | RuntimeException e) {
            device.close();
            throw e;
        }
    }

    /**
     * One that an earlier platform mounted, by the descriptor that the session's process holds.
     *
     * @param number its device number
     * @throws ErrnoException EBADF if the process does not hold the device
     */
    static FuseMount adopt(Surroundings around, BytePath directory, long number)
            throws ErrnoException, FroggrException, InterruptedException {
        return new FuseMount(around, directory, OwnedFd.of(around.device()), number);
    }

    private static void mount(MountSpace space, BytePath directory, int device)
            throws ErrnoException, InterruptedException {
        if (space.access() == MountSpace.Access.BY_PROCESS) {
            space.run(words(
                    List.of("mount", "-c", "-i", "-t", FileServer.FILE_SYSTEM_TYPE, "-o", options(Anchor.FUSE, false), "--"),
                    SOURCE,
                    directory));
            return;
        }
        space.call(() -> {
            // Without nosuid and nodev: those are set for each target, and nobody else gets here.
            Mounts.mount(SOURCE, directory, FileServer.FILE_SYSTEM_TYPE, 0, ByteText.encode(options(device, true)));
            return null;
        });
    }

    /** With default_permissions the kernel checks what each user may do, as it must where others are allowed. */
    private static String options(int device, boolean others) {
        return "fd=" + device + ",rootmode=40000,user_id=" + Ids.euid() + ",group_id=" + Ids.egid()
                + ",default_permissions" + (others ? ",allow_other" : "");
    }

    private static List<BytePath> words(List<String> plain, BytePath... paths) {
        return Stream.concat(plain.stream().map(BytePath::of), Stream.of(paths)).toList();
    }

    /** Of what has just been mounted. Nobody is asked, who does not answer yet: the kernel knows its root. */
    private static long numberOf(MountSpace space, BytePath directory) throws ErrnoException {
        try (OwnedFd root = OwnedFd.of(space.open(directory))) {
            return Stat.of(root.number()).device();
        }
    }

    @Override
    long number() {
        return number;
    }

    BytePath path(String name) {
        return directory.resolve(name);
    }

    /** Opens what is at the top of it, with O_PATH. */
    OwnedFd open(String name) throws ErrnoException {
        OwnedFd part = OwnedFd.of(around.space().open(path(name)));
        if (Stat.of(part.number()).isMountRoot()) {
            part.close();
            throw new ErrnoException(Errno.ENOENT.number(), "openat", path(name));
        }
        return part;
    }

    @Override
    void unmount() throws ErrnoException {
        unmount(around.space(), directory);
    }

    /** Ends the connection; whoever uses a part of it that is bound elsewhere gets ENOTCONN. */
    static void abort(MountSpace space, BytePath path) throws ErrnoException {
        try {
            if (space.access() == MountSpace.Access.BY_PROCESS) {
                space.run(words(List.of("umount", "-c", "-i", "-f", "--"), path));
            } else {
                space.call(() -> {
                    Mounts.umount(path, Mounts.MNT_FORCE | Mounts.UMOUNT_NOFOLLOW);
                    return null;
                });
            }
        } catch (ErrnoException e) {
            // It is in use; the connection has ended all the same
            if (!e.is(Errno.EBUSY)) {
                throw e;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ErrnoException(Errno.EINTR, "umount2");
        }
    }

    /** Of a path in the session's own directory, or a target. What is not mounted is no error. */
    static void unmount(MountSpace space, BytePath path) throws ErrnoException {
        try {
            if (space.access() == MountSpace.Access.BY_PROCESS) {
                space.run(words(List.of("umount", "-c", "-i", "-l", "--"), path));
            } else {
                space.call(() -> {
                    Mounts.umount(path, Mounts.MNT_DETACH | Mounts.UMOUNT_NOFOLLOW);
                    return null;
                });
            }
        } catch (ErrnoException e) {
            if (e.is(Errno.EPERM) && space.access() == MountSpace.Access.OWN) {
                unmountWithoutPrivilege(path);
            } else if (!e.is(Errno.EINVAL) && !e.is(Errno.ENOENT) && !e.is(Errno.ESRCH)) {
                throw e;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ErrnoException(Errno.EINTR, "umount2");
        }
    }

    private static void unmountWithoutPrivilege(BytePath path) throws ErrnoException {
        try {
            Fusermount.unmount(path, true);
        } catch (ErrnoException e) {
            if (!e.is(Errno.EINVAL) && !e.is(Errno.ENOENT)) {
                throw e;
            }
        }
    }
}
