package org.froggr.itests.posix;

import static org.froggr.itests.posix.Linux.*;
import static org.froggr.itests.posix.Operation.Target.*;

import java.util.List;
import org.froggr.api.ErrnoException;

/**
 * A system call on one name, for what all of them have in common.
 *
 * @param category of its cases
 * @param label in front of a case's name where a category has several operations, else empty
 * @param target what the name has to be
 * @param follows whether a symbolic link at the end is followed
 */
record Operation(String category, String label, Target target, boolean follows, Call call) {
    /** What an operation's name is to be. */
    enum Target {
        FILE,
        DIRECTORY,
        SYMLINK,
        /** Nothing of that name: the operation makes it. */
        ABSENT
    }

    @FunctionalInterface
    interface Call {
        void on(String name) throws ErrnoException;
    }

    static final List<Operation> ALL = List.of(
            new Operation("open", "read-", FILE, true, name -> Fds.open(name, O_RDONLY)),
            new Operation("open", "write-", FILE, true, name -> Fds.open(name, O_WRONLY)),
            new Operation("open", "create-", ABSENT, true, name -> Fds.open(name, O_RDWR | O_CREAT, 0644)),
            new Operation("open", "path-", FILE, true, name -> Fds.open(name, O_PATH)),
            new Operation("mkdir", "", ABSENT, false, Names::mkdir),
            new Operation("rmdir", "", DIRECTORY, false, Names::rmdir),
            new Operation("unlink", "", FILE, false, Names::unlink),
            new Operation("rename", "from-", FILE, false, name -> Names.rename(name, "to")),
            new Operation("rename", "to-", ABSENT, false, name -> {
                Names.touch("from");
                Names.rename("from", name);
            }),
            new Operation("link", "from-", FILE, false, name -> Names.link(name, "to")),
            new Operation("link", "to-", ABSENT, false, name -> {
                Names.touch("from");
                Names.link("from", name);
            }),
            new Operation("symlink", "", ABSENT, false, name -> Names.symlink("target", name)),
            new Operation("readlink", "", SYMLINK, false, Names::readlink),
            new Operation("chmod", "", FILE, true, name -> Names.chmod(name, 0640)),
            new Operation("chown", "", FILE, true, name -> Names.chown(name, -1, -1)),
            new Operation("chown", "lchown-", FILE, false, name -> Names.lchown(name, -1, -1)),
            new Operation("truncate", "", FILE, true, name -> Names.truncate(name, 5)),
            new Operation("utimensat", "", FILE, true, name -> Names.utimens(name, Clock.OLD, Clock.OLD)),
            new Operation("stat", "", FILE, true, Stat::of),
            new Operation("stat", "lstat-", FILE, false, Stat::ofLink),
            new Operation("statvfs", "", FILE, true, Site.StatVfs::of),
            new Operation("access", "", FILE, true, name -> Names.access(name, F_OK)),
            new Operation("mkfifo", "", ABSENT, false, Names::mkfifo),
            new Operation("mknod", "", ABSENT, false, name -> Names.mknod(name, S_IFREG | 0644, 0)),
            new Operation("chdir", "", DIRECTORY, true, Names::chdir),
            new Operation("readdir", "", DIRECTORY, true, name -> Directory.open(name).close()),
            new Operation("xattr", "set-", FILE, true, name -> Xattrs.set(name, "user.a", "v")),
            new Operation("xattr", "list-", FILE, true, Xattrs::list),
            new Operation("inotify", "", FILE, true, name -> Inotify.open().watch(name, IN_MODIFY)),
            new Operation("exec", "", FILE, true, Child::run),
            new Operation("socket", "bind-", ABSENT, false, Sockets::listen));

    /** Makes what the operation needs. */
    void prepare(String name) throws ErrnoException {
        switch (target) {
            case FILE -> {
                Names.file(name, "#!/bin/sh\n");
                Names.chmod(name, 0755);
            }
            case DIRECTORY -> Names.mkdir(name);
            case SYMLINK -> Names.symlink("target", name);
            case ABSENT -> {}
        }
    }

    boolean creates() {
        return target == ABSENT;
    }

    /** Whether the kernel, and not the length of a socket's address, limits the name. */
    boolean anyLength() {
        return !category.equals("socket");
    }

    Need[] needs() {
        return category.equals("xattr") ? new Need[] {Need.XATTR} : new Need[0];
    }
}
