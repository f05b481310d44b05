package org.froggr.itests.posix;

import static org.froggr.api.Errno.*;
import static org.froggr.itests.posix.Check.*;
import static org.froggr.itests.posix.Linux.*;
import static org.froggr.itests.posix.Locks.*;
import static org.froggr.itests.posix.Names.*;

/** Locks that belong to an open file: F_OFD_SETLK of fcntl_locking(2), and flock(2). */
final class OpenFileLockCases {
    private OpenFileLockCases() {}

    static void list(Catalogue list) {
        ofd(list.chapter("ofd-lock"));
        flock(list.chapter("flock"));
    }

    private static int lockFile() throws Exception {
        return Fds.open("f", O_RDWR | O_CREAT, 0644);
    }

    private static void ofd(Chapter chapter) {
        chapter.test("two-open-files-of-one-process-conflict-EAGAIN", site -> {
            int a = lockFile();
            int b = lockFile();
            ofdLock(a, F_WRLCK, 0, 10);
            fails(EAGAIN, () -> ofdLock(b, F_WRLCK, 0, 10));
            fails(EAGAIN, () -> ofdLock(b, F_RDLCK, 5, 1));
            ofdLock(b, F_WRLCK, 10, 10);
        });
        chapter.test("readers-share", site -> {
            ofdLock(lockFile(), F_RDLCK, 0, 0);
            ofdLock(lockFile(), F_RDLCK, 0, 0);
        });
        chapter.test("conflicts-with-a-process-lock-EAGAIN", site -> {
            int a = lockFile();
            int b = lockFile();
            lock(a, F_WRLCK, 0, 0);
            fails(EAGAIN, () -> ofdLock(b, F_WRLCK, 0, 0));
        });
        chapter.test("between-processes-EAGAIN", site -> {
            int fd = lockFile();
            Peer peer = site.peer();
            peer.run(() -> ofdLock(lockFile(), F_WRLCK, 0, 0));
            fails(EAGAIN, () -> ofdLock(fd, F_WRLCK, 0, 0));
            same(F_WRLCK, ofdFind(fd, F_WRLCK, 0, 0).type(), "type");
            same(-1, ofdFind(fd, F_WRLCK, 0, 0).pid(), "pid of an open file's lock");
        });
        chapter.test("duplicates-are-the-same-owner", site -> {
            int a = lockFile();
            ofdLock(a, F_WRLCK, 0, 0);
            ofdLock(Fds.dup(a), F_WRLCK, 0, 0);
        });
        chapter.test("survives-closing-another-descriptor", site -> {
            int a = lockFile();
            int b = lockFile();
            ofdLock(a, F_WRLCK, 0, 0);
            Fds.close(lockFile());
            Fds.close(Fds.dup(a));
            fails(EAGAIN, () -> ofdLock(b, F_WRLCK, 0, 0));
        });
        chapter.test("goes-with-the-last-descriptor", site -> {
            int a = lockFile();
            int copy = Fds.dup(a);
            int b = lockFile();
            ofdLock(a, F_WRLCK, 0, 0);
            Fds.close(a);
            fails(EAGAIN, () -> ofdLock(b, F_WRLCK, 0, 0));
            Fds.close(copy);
            ofdLock(b, F_WRLCK, 0, 0);
        });
        chapter.test("ranges-split", site -> {
            int a = lockFile();
            int b = lockFile();
            ofdLock(a, F_WRLCK, 0, 30);
            ofdLock(a, F_UNLCK, 10, 10);
            ofdLock(b, F_WRLCK, 10, 10);
            fails(EAGAIN, () -> ofdLock(b, F_WRLCK, 9, 1));
            fails(EAGAIN, () -> ofdLock(b, F_WRLCK, 20, 1));
        });
        chapter.test("waits-until-unlocked", site -> {
            int a = lockFile();
            int b = lockFile();
            ofdLock(a, F_WRLCK, 0, 0);
            Worker waiter = site.start(() -> ofdLockWait(b, F_WRLCK, 0, 0));
            waiter.awaitBlocked(SYS_FCNTL);
            ofdLock(a, F_UNLCK, 0, 0);
            waiter.finish();
        });
    }

    private static void flock(Chapter chapter) {
        String[] names = {"shared", "exclusive"};
        int[] kinds = {LOCK_SH, LOCK_EX};
        for (int mine = 0; mine < 2; mine++) {
            for (int his = 0; his < 2; his++) {
                boolean fits = mine == 0 && his == 0;
                int held = kinds[mine];
                int wanted = kinds[his];
                chapter.test(names[his] + "-beside-" + names[mine] + (fits ? "" : "-EAGAIN"), site -> {
                    Fds.flock(lockFile(), held);
                    int other = lockFile();
                    Peer peer = site.peer();
                    if (fits) {
                        Fds.flock(other, wanted | LOCK_NB);
                        peer.run(() -> Fds.flock(lockFile(), wanted | LOCK_NB));
                    } else {
                        fails(EAGAIN, () -> Fds.flock(other, wanted | LOCK_NB));
                        peer.run(() -> {
                            int fd = lockFile();
                            fails(EAGAIN, () -> Fds.flock(fd, wanted | LOCK_NB));
                        });
                    }
                });
            }
        }
        chapter.test("needs-no-access-mode", site -> {
            touch("f");
            Fds.flock(Fds.open("f", O_RDONLY), LOCK_EX);
        });
        chapter.test("of-a-directory", site -> {
            mkdir("d");
            Fds.flock(Fds.open("d", O_RDONLY), LOCK_EX);
            int other = Fds.open("d", O_RDONLY);
            fails(EAGAIN, () -> Fds.flock(other, LOCK_SH | LOCK_NB));
        });
        chapter.test("converts", site -> {
            int a = lockFile();
            int b = lockFile();
            Fds.flock(a, LOCK_EX);
            Fds.flock(a, LOCK_SH);
            Fds.flock(b, LOCK_SH | LOCK_NB);
            fails(EAGAIN, () -> Fds.flock(a, LOCK_EX | LOCK_NB));
            Fds.flock(b, LOCK_UN);
            Fds.flock(a, LOCK_EX | LOCK_NB);
        });
        chapter.test("duplicates-share-it", site -> {
            int a = lockFile();
            int copy = Fds.dup(a);
            int b = lockFile();
            Fds.flock(a, LOCK_EX);
            Fds.flock(copy, LOCK_EX | LOCK_NB);
            Fds.close(a);
            fails(EAGAIN, () -> Fds.flock(b, LOCK_EX | LOCK_NB));
            Fds.flock(copy, LOCK_UN);
            Fds.flock(b, LOCK_EX | LOCK_NB);
        });
        chapter.test("closing-unlocks", site -> {
            int a = lockFile();
            int b = lockFile();
            Fds.flock(a, LOCK_EX);
            Fds.close(lockFile());
            fails(EAGAIN, () -> Fds.flock(b, LOCK_EX | LOCK_NB));
            Fds.close(a);
            Fds.flock(b, LOCK_EX | LOCK_NB);
        });
        chapter.test("end-of-the-process-unlocks", site -> {
            int fd = lockFile();
            Peer peer = site.peer();
            peer.run(() -> Fds.flock(lockFile(), LOCK_EX));
            fails(EAGAIN, () -> Fds.flock(fd, LOCK_EX | LOCK_NB));
            Peers.kill(peer);
            Wait.until("the dead process's lock is gone", () -> Sys.flock(fd, LOCK_EX | LOCK_NB) == 0);
        });
        chapter.test("waits-until-unlocked", site -> {
            int fd = lockFile();
            Peer peer = site.peer();
            Fds.flock(fd, LOCK_EX);
            var waiting = peer.begin(() -> Fds.flock(lockFile(), LOCK_EX));
            peer.awaitBlocked(SYS_FLOCK);
            that(!waiting.done(), "it waits");
            Fds.flock(fd, LOCK_UN);
            waiting.get();
        });
        chapter.test("is-none-of-the-record-locks", site -> {
            int fd = lockFile();
            Peer peer = site.peer();
            Fds.flock(fd, LOCK_EX);
            peer.run(() -> lock(lockFile(), F_WRLCK, 0, 0));
        });
        chapter.test("follows-the-file-when-renamed", site -> {
            Fds.flock(lockFile(), LOCK_EX);
            rename("f", "g");
            int other = Fds.open("g", O_RDWR);
            fails(EAGAIN, () -> Fds.flock(other, LOCK_SH | LOCK_NB));
        });
        chapter.test("nonsense-EINVAL", site -> {
            int fd = lockFile();
            fails(EINVAL, () -> Fds.flock(fd, 0));
        });
    }
}
