package org.froggr.session.internal;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.froggr.linux.MountInfo;
import org.froggr.spi.presentation.MountSpace;

/**
 * Finds out whether a recursive bind would contain its own target.
 *
 * <p>A place is known by file system and path inside it, which mountinfo gives for every mount, so that
 * binds and symbolic links do not hide a loop. A bind of a single mount cannot loop: the kernel
 * attaches a copy that was taken before.
 */
final class Loops {
    private final List<MountInfo.Entry> mounts;

    private Loops(List<MountInfo.Entry> mounts) {
        this.mounts = mounts;
    }

    /**
     * @throws FroggrException SAME_PATH, RECURSION if the target lies in the source, CYCLE if it lies in a
     *     mount below the source
     */
    static void check(MountSpace space, Located source, BytePath target, Optional<Located> existing, boolean recursive)
            throws FroggrException {
        if (existing.isPresent() && source.stat().sameFile(existing.get().stat())) {
            throw FroggrException.of(
                            Fault.SAME_PATH,
                            "source and target are the same file: " + source.path().quoted() + " and " + target.quoted())
                    .about(target)
                    .hint("another target");
        }
        if (recursive) {
            try {
                new Loops(MountInfo.parse(space.mountInfo())).check(source.path(), target);
            } catch (ErrnoException e) {
                throw OsFault.of(e, "the mount table cannot be read");
            }
        }
    }

    /** A place in a file system, whatever it is mounted on. */
    private record Place(int major, int minor, BytePath path) {
        boolean holds(Place other) {
            return major == other.major && minor == other.minor && other.path.startsWith(path);
        }
    }

    private void check(BytePath source, BytePath target) throws FroggrException {
        Place there = place(target);
        if (place(source).holds(there)) {
            throw FroggrException.of(
                            Fault.RECURSION,
                            "the target " + target.quoted() + " lies inside the source " + source.quoted()
                                    + ", which would contain itself")
                    .about(target)
                    .hint("the same without -R");
        }
        for (MountInfo.Entry mount : mounts) {
            if (mount.mountPoint().startsWith(source) && placeOf(mount).holds(there)) {
                throw FroggrException.of(
                                Fault.CYCLE,
                                "binding " + source.quoted() + " to " + target.quoted() + " would close a cycle: "
                                        + source.quoted() + " -> " + mount.mountPoint().quoted() + " -> "
                                        + target.quoted() + " -> " + source.quoted())
                        .about(target)
                        .hint("the same without -R");
            }
        }
    }

    private static Place placeOf(MountInfo.Entry mount) {
        return new Place(mount.major(), mount.minor(), mount.root());
    }

    private Place place(BytePath path) {
        MountInfo.Entry holding = mounts.get(0);
        for (MountInfo.Entry mount : mounts) {
            // Of several mounts on one point the last is the visible one.
            if (path.startsWith(mount.mountPoint())
                    && mount.mountPoint().length() >= holding.mountPoint().length()) {
                holding = mount;
            }
        }
        return new Place(holding.major(), holding.minor(), below(holding, path));
    }

    private static BytePath below(MountInfo.Entry mount, BytePath path) {
        byte[] bytes = path.bytes();
        int skip = mount.mountPoint().equals(BytePath.ROOT) ? 0 : mount.mountPoint().length();
        byte[] rest = Arrays.copyOfRange(bytes, Math.min(skip, bytes.length), bytes.length);
        String relative = BytePath.of(rest).toString().replaceFirst("^/+", "");
        return relative.isEmpty() ? mount.root() : mount.root().resolve(relative);
    }
}
