package org.froggr.backend.local.internal;

import java.util.Set;
import org.froggr.linux.RawFiles;
import org.froggr.linux.StatxBuffer;
import org.froggr.linux.ThreadMemory;
import org.froggr.spi.tree.Attributes;

/** A mount that files of a tree are on: what its nodes have in common. */
final class SourceMount {
    // linux/magic.h, and what file systems outside it say of themselves
    private static final long EXT = 0xEF53;
    private static final long TMPFS = 0x01021994;
    private static final long RAMFS = 0x858458F6L;
    private static final long XFS = 0x58465342;
    private static final long BTRFS = 0x9123683EL;
    private static final long F2FS = 0xF2F52010L;
    private static final long BCACHEFS = 0xCA451A4EL;
    private static final long ZFS = 0x2FC12FC1;
    private static final long OVERLAY = 0x794C7630;
    private static final long FAT = 0x4D44;
    private static final long EXFAT = 0x2011BAB0;
    private static final long NTFS = 0x7366746E;
    private static final long EROFS = 0xE0F5E1E2L;
    private static final long SQUASHFS = 0x73717368;
    private static final long ISOFS = 0x9660;

    /** Nobody changes what these have but through this kernel, which tells of it. */
    private static final Set<Long> LOCAL = Set.of(
            EXT, TMPFS, RAMFS, XFS, BTRFS, F2FS, BCACHEFS, ZFS, OVERLAY, FAT, EXFAT, NTFS, EROFS, SQUASHFS, ISOFS);

    /** A file of these keeps its time of birth for life, which tells it from a later one of the same number. */
    private static final Set<Long> WITH_BIRTH = Set.of(EXT, TMPFS, XFS, BTRFS, F2FS, BCACHEFS);

    private final LocalTree tree;
    private final long device;
    private final long mountId;
    private final long shownDevice;
    private final boolean local;
    private final boolean births;

    /** Whether what name_to_handle_at(2) says can be opened; null if nobody has tried. */
    volatile Boolean opensHandles;

    /** @param root whether it is that of the tree's root */
    SourceMount(LocalTree tree, StatxBuffer stat, long type, boolean root) {
        this.tree = tree;
        this.device = stat.device();
        this.mountId = stat.mountId();
        this.shownDevice = root ? device : apart(device, mountId);
        this.local = LOCAL.contains(type);
        this.births = WITH_BIRTH.contains(type);
    }

    /**
     * The same file system may be mounted several times: its files have the same numbers then but are not the same
     * files to link(2) and rename(2). Tells them apart in those bits of {@link #device} that the kernel does not use
     * (12 for the major number, 20 for the minor), the same way for every tree, whatever is met first.
     */
    private static long apart(long device, long mountId) {
        return device ^ mountId << 44 ^ mountId >>> 20 << 20;
    }

    /** The type of the file system a descriptor is on, as {@code f_type} of statfs(2); 0 if it cannot be had. */
    static long typeOf(int fd, ThreadMemory memory) {
        return RawFiles.statfs(fd, memory.argumentsAddress()) < 0 ? 0 : memory.arguments().getLong(0);
    }

    LocalTree tree() {
        return tree;
    }

    long device() {
        return device;
    }

    long mountId() {
        return mountId;
    }

    /** Whether inotify tells of every change, and closing has nothing left to write. */
    boolean isLocal() {
        return local;
    }

    boolean has(StatxBuffer stat) {
        return stat.device() == device && stat.mountId() == mountId;
    }

    /** What tells a file from a later one with the same number; 0 if the file system does not know. */
    int birthOf(StatxBuffer stat) {
        return births ? (int) stat.birthSeconds() * 31 + stat.birthNanos() : 0;
    }

    /** Everything but how long it is valid. */
    void fill(StatxBuffer stat, Attributes out) {
        out.device = shownDevice;
        out.inode = stat.inode();
        out.size = stat.size();
        out.blocks = stat.blocks();
        out.accessSeconds = stat.accessSeconds();
        out.accessNanos = stat.accessNanos();
        out.modifySeconds = stat.modifySeconds();
        out.modifyNanos = stat.modifyNanos();
        out.changeSeconds = stat.changeSeconds();
        out.changeNanos = stat.changeNanos();
        out.birthSeconds = stat.birthSeconds();
        out.birthNanos = stat.birthNanos();
        out.generation = births ? out.birthSeconds * 1_000_000_000 + out.birthNanos : 0;
        out.mode = stat.mode();
        out.links = stat.links();
        out.uid = stat.uid();
        out.gid = stat.gid();
        out.rdev = stat.rdev();
        out.blockSize = stat.blockSize();
    }
}
