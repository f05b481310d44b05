package org.froggr.itests.posix;

import static org.froggr.api.Errno.*;
import static org.froggr.itests.posix.Check.*;
import static org.froggr.itests.posix.Linux.*;
import static org.froggr.itests.posix.Locks.*;
import static org.froggr.itests.posix.Names.*;

import org.froggr.api.Errno;

/** Record locks of processes, fcntl_locking(2). */
final class LockCases {
    private static final Errno[] HELD = {EAGAIN, EACCES};

    private LockCases() {}

    static void list(Catalogue list) {
        Chapter chapter = list.chapter("lock");
        conflicts(chapter);
        ranges(chapter);
        found(chapter);
        ends(chapter);
        OpenFileLockCases.list(list);
    }

    static int lockFile() throws Exception {
        return Fds.open("f", O_RDWR | O_CREAT, 0644);
    }

    private static void conflicts(Chapter chapter) {
        String[] names = {"read", "write"};
        for (int mine : new int[] {F_RDLCK, F_WRLCK}) {
            for (int his : new int[] {F_RDLCK, F_WRLCK}) {
                boolean fits = mine == F_RDLCK && his == F_RDLCK;
                chapter.test(names[his] + "-beside-" + names[mine] + (fits ? "" : "-EAGAIN"), site -> {
                    int fd = lockFile();
                    Peer peer = site.peer();
                    lock(fd, mine, 0, 10);
                    peer.run(() -> {
                        int other = lockFile();
                        if (fits) {
                            lock(other, his, 0, 10);
                        } else {
                            fails(() -> lock(other, his, 0, 10), HELD);
                            fails(() -> lock(other, his, 9, 1), HELD);
                        }
                        lock(other, his, 10, 5);
                    });
                });
            }
        }
        chapter.test("own-locks-never-conflict", site -> {
            int a = lockFile();
            int b = lockFile();
            lock(a, F_WRLCK, 0, 10);
            lock(b, F_WRLCK, 0, 10);
            lock(b, F_RDLCK, 5, 10);
        });
        chapter.test("upgrade", site -> {
            int fd = lockFile();
            Peer peer = site.peer();
            lock(fd, F_RDLCK, 0, 10);
            lock(fd, F_WRLCK, 0, 10);
            peer.run(() -> {
                int other = lockFile();
                fails(() -> lock(other, F_RDLCK, 0, 10), HELD);
            });
        });
        chapter.test("downgrade", site -> {
            int fd = lockFile();
            Peer peer = site.peer();
            lock(fd, F_WRLCK, 0, 10);
            lock(fd, F_RDLCK, 0, 10);
            peer.run(() -> lock(lockFile(), F_RDLCK, 0, 10));
        });
        chapter.test("upgrade-beside-another-reader-EAGAIN", site -> {
            int fd = lockFile();
            Peer peer = site.peer();
            lock(fd, F_RDLCK, 0, 10);
            peer.run(() -> {
                int other = lockFile();
                lock(other, F_RDLCK, 0, 10);
                fails(() -> lock(other, F_WRLCK, 0, 10), HELD);
            });
        });
        chapter.test("write-lock-on-read-only-EBADF", site -> {
            touch("f");
            int fd = Fds.open("f", O_RDONLY);
            fails(EBADF, () -> lock(fd, F_WRLCK, 0, 1));
            lock(fd, F_RDLCK, 0, 1);
        });
        chapter.test("read-lock-on-write-only-EBADF", site -> {
            touch("f");
            int fd = Fds.open("f", O_WRONLY);
            fails(EBADF, () -> lock(fd, F_RDLCK, 0, 1));
            lock(fd, F_WRLCK, 0, 1);
        });
        chapter.test("is-advisory", site -> {
            int fd = lockFile();
            Peer peer = site.peer();
            lock(fd, F_WRLCK, 0, 0);
            peer.run(() -> file("f", "abc"));
            same("abc", content("f"), "content");
        });
        chapter.test("by-another-name-is-the-same-lock", site -> {
            int fd = lockFile();
            link("f", "g");
            Peer peer = site.peer();
            lock(fd, F_WRLCK, 0, 0);
            peer.run(() -> {
                int other = Fds.open("g", O_RDWR);
                fails(() -> lock(other, F_WRLCK, 0, 0), HELD);
            });
        });
    }

    private static void ranges(Chapter chapter) {
        chapter.test("unlocking-the-middle-splits", site -> {
            int fd = lockFile();
            Peer peer = site.peer();
            lock(fd, F_WRLCK, 0, 30);
            lock(fd, F_UNLCK, 10, 10);
            peer.run(() -> {
                int other = lockFile();
                lock(other, F_WRLCK, 10, 10);
                fails(() -> lock(other, F_WRLCK, 9, 1), HELD);
                fails(() -> lock(other, F_WRLCK, 20, 1), HELD);
            });
        });
        chapter.test("downgrading-the-middle-splits", site -> {
            int fd = lockFile();
            Peer peer = site.peer();
            lock(fd, F_WRLCK, 0, 30);
            lock(fd, F_RDLCK, 10, 10);
            peer.run(() -> {
                int other = lockFile();
                lock(other, F_RDLCK, 10, 10);
                fails(() -> lock(other, F_RDLCK, 9, 1), HELD);
                fails(() -> lock(other, F_RDLCK, 20, 1), HELD);
            });
        });
        chapter.test("adjacent-ones-join", site -> {
            int fd = lockFile();
            Peer peer = site.peer();
            lock(fd, F_WRLCK, 0, 10);
            lock(fd, F_WRLCK, 10, 10);
            Found found = peer.call(() -> find(lockFile(), F_WRLCK, 0, 0));
            same(0, found.start(), "start");
            same(20, found.length(), "length");
        });
        chapter.test("length-0-is-to-the-end-however-it-grows", site -> {
            int fd = lockFile();
            Peer peer = site.peer();
            lock(fd, F_WRLCK, 100, 0);
            Fds.ftruncate(fd, 10_000);
            peer.run(() -> {
                int other = lockFile();
                fails(() -> lock(other, F_WRLCK, 9_999, 1), HELD);
                fails(() -> lock(other, F_WRLCK, 1L << 50, 1), HELD);
                lock(other, F_WRLCK, 0, 100);
            });
        });
        chapter.test("negative-length-is-what-lies-before", site -> {
            int fd = lockFile();
            Peer peer = site.peer();
            lock(fd, F_WRLCK, 100, -10);
            peer.run(() -> {
                int other = lockFile();
                fails(() -> lock(other, F_WRLCK, 90, 1), HELD);
                lock(other, F_WRLCK, 100, 1);
                lock(other, F_WRLCK, 89, 1);
            });
        });
        chapter.test("beyond-2-GiB-and-4-GiB", site -> {
            int fd = lockFile();
            Peer peer = site.peer();
            lock(fd, F_WRLCK, 1L << 32, 10);
            peer.run(() -> {
                int other = lockFile();
                fails(() -> lock(other, F_WRLCK, (1L << 32) + 5, 1), HELD);
                lock(other, F_WRLCK, 5, 1);
                lock(other, F_WRLCK, 1L << 31, 1);
            });
        });
        chapter.test("before-the-file-EINVAL", site -> {
            int fd = lockFile();
            fails(EINVAL, () -> lock(fd, F_WRLCK, -1, 1));
            fails(EINVAL, () -> lock(fd, F_WRLCK, 5, -10));
        });
        chapter.test("unlocking-what-is-not-locked", site -> lock(lockFile(), F_UNLCK, 0, 0));
        chapter.test("many-small-ones", site -> {
            int fd = lockFile();
            Peer peer = site.peer();
            for (int i = 0; i < 200; i++) {
                lock(fd, F_WRLCK, i * 2L, 1);
            }
            peer.run(() -> {
                int other = lockFile();
                for (int i = 0; i < 200; i++) {
                    int at = i * 2;
                    fails(() -> lock(other, F_WRLCK, at, 1), HELD);
                    lock(other, F_WRLCK, at + 1L, 1);
                }
            });
        });
    }

    private static void found(Chapter chapter) {
        chapter.test("getlk-tells-who-and-what", site -> {
            int fd = lockFile();
            Peer peer = site.peer();
            peer.run(() -> lock(lockFile(), F_WRLCK, 5, 7));
            Found found = find(fd, F_RDLCK, 0, 100);
            same(new Found(F_WRLCK, 5, 7, peer.pid()), found, "the lock in the way");
        });
        chapter.test("getlk-of-free-range", site -> {
            int fd = lockFile();
            Peer peer = site.peer();
            peer.run(() -> lock(lockFile(), F_WRLCK, 5, 7));
            same(F_UNLCK, find(fd, F_WRLCK, 0, 5).type(), "type");
            same(F_UNLCK, find(fd, F_WRLCK, 12, 0).type(), "type");
        });
        chapter.test("getlk-of-reader-beside-reader", site -> {
            int fd = lockFile();
            Peer peer = site.peer();
            peer.run(() -> lock(lockFile(), F_RDLCK, 0, 0));
            same(F_UNLCK, find(fd, F_RDLCK, 0, 0).type(), "type for a reader");
            same(F_RDLCK, find(fd, F_WRLCK, 0, 0).type(), "type for a writer");
            same(0, find(fd, F_WRLCK, 0, 0).length(), "length of a lock to the end");
        });
        chapter.test("getlk-never-tells-ones-own", site -> {
            int fd = lockFile();
            lock(fd, F_WRLCK, 0, 0);
            same(F_UNLCK, find(fd, F_WRLCK, 0, 0).type(), "type");
        });
    }

    private static void ends(Chapter chapter) {
        chapter.test("closing-any-descriptor-of-the-file-unlocks", site -> {
            int fd = lockFile();
            Peer peer = site.peer();
            lock(fd, F_WRLCK, 0, 0);
            Fds.close(Fds.open("f", O_RDONLY));
            peer.run(() -> lock(lockFile(), F_WRLCK, 0, 0));
        });
        chapter.test("closing-a-duplicate-unlocks", site -> {
            int fd = lockFile();
            Peer peer = site.peer();
            lock(fd, F_WRLCK, 0, 0);
            Fds.close(Fds.dup(fd));
            peer.run(() -> lock(lockFile(), F_WRLCK, 0, 0));
        });
        chapter.test("closing-another-file-does-not", site -> {
            int fd = lockFile();
            Peer peer = site.peer();
            lock(fd, F_WRLCK, 0, 0);
            touch("g");
            Fds.close(Fds.open("g", O_RDWR));
            peer.run(() -> {
                int other = lockFile();
                fails(() -> lock(other, F_WRLCK, 0, 0), HELD);
            });
        });
        chapter.test("end-of-the-process-unlocks", site -> {
            int fd = lockFile();
            Peer peer = site.peer();
            peer.run(() -> lock(lockFile(), F_WRLCK, 0, 0));
            fails(() -> lock(fd, F_WRLCK, 0, 0), HELD);
            Peers.kill(peer);
            Wait.until("the dead process's lock is gone", () -> free(fd, F_WRLCK, 0, 0));
            lock(fd, F_WRLCK, 0, 0);
        });
        chapter.test("survives-unlink-and-rename", site -> {
            int fd = lockFile();
            Peer peer = site.peer();
            peer.run(() -> lock(lockFile(), F_WRLCK, 0, 0));
            rename("f", "g");
            fails(() -> lock(fd, F_WRLCK, 0, 0), HELD);
            unlink("g");
            fails(() -> lock(fd, F_WRLCK, 0, 0), HELD);
        });
    }
}
