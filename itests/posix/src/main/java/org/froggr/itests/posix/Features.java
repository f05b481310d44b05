package org.froggr.itests.posix;

import static org.froggr.itests.posix.Linux.*;

import java.util.EnumSet;
import java.util.Set;
import org.froggr.api.ErrnoException;

/**
 * What a file system has of the things that not all have. To be asked of the backing file system, never of the one
 * under test: what that fails to pass on is a failure and no reason to skip.
 */
final class Features {
    private static final int BLOCK = 65536;

    private Features() {}

    /** Tries each in a directory of its own, which is removed again. */
    static Set<Need> of(String directory) throws Exception {
        EnumSet<Need> found = EnumSet.noneOf(Need.class);
        Settings settings = new Settings(directory, null, null, 0, 0, null);
        try (Scratch scratch = Scratch.on(settings)) {
            Worker worker = Worker.start(null, () -> {
                Opened.begin();
                Names.chdir(scratch.directory());
                for (Need need : EnumSet.range(Need.XATTR, Need.TERABYTE)) {
                    if (has(need)) {
                        found.add(need);
                    }
                }
                Opened.closeAll();
            });
            worker.finish();
        }
        return found;
    }

    private static boolean has(Need need) throws Exception {
        String name = need.name();
        Names.touch(name);
        int fd = Fds.open(name, O_RDWR);
        try {
            return probe(need, name, fd);
        } catch (ErrnoException e) {
            return false;
        }
    }

    private static boolean probe(Need need, String name, int fd) throws Exception {
        switch (need) {
            case XATTR -> Xattrs.set(name, "user.probe", "v");
            case ACL -> Acl.set(
                    name,
                    Acl.ACCESS,
                    Acl.entry(Acl.USER_OBJ, 6),
                    Acl.entry(Acl.USER, 6, User.ALICE.uid()),
                    Acl.entry(Acl.GROUP_OBJ, 4),
                    Acl.entry(Acl.MASK, 6),
                    Acl.entry(Acl.OTHER, 0));
            case DEVICES -> Names.mknod("device", S_IFCHR | 0600, Linux.device(1, 3));
            case TMPFILE -> Fds.open(".", O_TMPFILE | O_RDWR, 0600);
            case EXCHANGE -> {
                Names.touch("a");
                Names.rename(name, "a", RENAME_EXCHANGE);
            }
            case WHITEOUT -> Names.rename(name, "b", RENAME_WHITEOUT);
            case ALLOCATE -> Fds.fallocate(fd, 0, 0, BLOCK);
            case PUNCH -> range(fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE);
            case ZERO_RANGE -> range(fd, FALLOC_FL_ZERO_RANGE);
            case COLLAPSE -> range(fd, FALLOC_FL_COLLAPSE_RANGE);
            case INSERT -> range(fd, FALLOC_FL_INSERT_RANGE);
            case DIRECT -> Fds.open(name, O_RDONLY | O_DIRECT);
            case HANDLES -> FileHandle.of(name);
            case TERABYTE -> Fds.ftruncate(fd, 1L << 40);
            default -> {
                return told(need, name, fd);
            }
        }
        return true;
    }

    private static void range(int fd, int mode) throws Exception {
        Fds.pwrite(fd, "x".repeat(4 * BLOCK), 0);
        Fds.fallocate(fd, mode, BLOCK, BLOCK);
    }

    private static void putMapped(int fd, long offset) throws Exception {
        try (Mapping mapping = Mapping.shared(fd, 4096)) {
            mapping.put(offset, "x");
            mapping.sync(MS_SYNC);
        }
    }

    private static boolean told(Need need, String name, int fd) throws Exception {
        return switch (need) {
            case HOLES -> {
                Fds.pwrite(fd, "x", 4L * BLOCK);
                yield Fds.seek(fd, 0, SEEK_DATA) == 4L * BLOCK;
            }
            case DIRECTORY_LINKS -> {
                Names.mkdirs("d/e");
                yield Stat.of("d").links() == 3;
            }
            case ENTRY_TYPES -> {
                try (Directory open = Directory.open(".")) {
                    yield open.rest().stream().allMatch(entry -> entry.type() != 0);
                }
            }
            case MAPPED_TIMES -> {
                Fds.ftruncate(fd, 3);
                Names.utimens(name, Clock.OLD, Clock.OLD);
                putMapped(fd, 0);
                yield Stat.of(name).modified() > Clock.OLD;
            }
            case MAPPED_TAIL -> {
                Fds.ftruncate(fd, 3);
                putMapped(fd, 3);
                Fds.ftruncate(fd, 6);
                yield Fds.text(fd, 6, 0).equals("\0\0\0\0\0\0");
            }
            case BIRTH -> Stat.of(name).born() != 0;
            case ATIME -> (Site.StatVfs.of(".").flags() & ST_NOATIME) == 0;
            default -> throw new IllegalArgumentException(need.name());
        };
    }
}
