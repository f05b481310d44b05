package org.froggr.fuse.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.froggr.api.Errno;
import org.froggr.spi.presentation.FileService;
import org.froggr.spi.tree.MemoryTree;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A tree in memory, mounted, and used by ordinary programs. */
class MemoryMountTest {
    private MemoryTree tree;
    private RealMount mount;

    @BeforeEach
    void mount() throws Exception {
        tree = new MemoryTree();
        mount = RealMount.of(tree, false);
    }

    @AfterEach
    void unmount() throws Exception {
        mount.close();
        assertEquals(0, tree.handles(), "open files");
        assertEquals(0, tree.lookups(), "look-ups that were not given back");
    }

    @Test
    void filesAreWrittenReadCopiedAndMoved() throws Exception {
        assertEquals("hello", mount.sh("echo hello > a; cat a"));
        assertEquals(
                "100 200",
                mount.sh("head -c 100 /dev/zero > z; cp z y; cat z y > both; stat -c %s z both | xargs"));
        mount.sh("mkdir -p d/e; mv both d/e/moved; ln d/e/moved link; ln -s d/e/moved symlink");
        assertEquals("200 2", mount.sh("stat -L -c '%s %h' symlink"));
        assertEquals("d/e/moved", mount.sh("readlink symlink"));
        assertEquals("a d e link moved symlink y z", mount.sh("find . -mindepth 1 -printf '%f\n' | sort | xargs"));
        mount.sh("rm -r d; rm link symlink; rmdir d 2>/dev/null && exit 1; test ! -e d");
    }

    @Test
    void sizesAreRightUpToTheLastByte() throws Exception {
        mount.sh("""
                dd if=/dev/urandom of=/tmp/froggr-fuse-data.$$ bs=1M count=5 2>/dev/null
                printf tail >> /tmp/froggr-fuse-data.$$
                cp /tmp/froggr-fuse-data.$$ copy
                cmp /tmp/froggr-fuse-data.$$ copy
                dd if=copy of=again bs=7777 2>/dev/null
                rm /tmp/froggr-fuse-data.$$
                cmp copy again
                truncate -s 3 again
                test $(wc -c < again) = 3
                """);
        FileService.Usage usage = mount.service.usage();
        assertTrue(usage.bytesWritten() >= 2 * (5 << 20), usage::toString);
    }

    @Test
    void filesLiveWhileTheyAreOpen() throws Exception {
        assertEquals("gone", mount.sh("exec 3<>f; rm f; echo gone >&3; cat /proc/self/fd/3"));
        // dd truncates what it opens
        assertEquals("1", mount.sh("printf 12345 > f; printf 1 | dd of=f 2>/dev/null; cat f"));
    }

    @Test
    void manyProcessesAppendToOneFile() throws Exception {
        mount.sh("""
                for p in 1 2 3 4; do
                  (i=0; while [ $i -lt 300 ]; do echo "line $p $i"; i=$((i+1)); done >> log) &
                done
                wait
                test $(wc -l < log) = 1200
                test $(sort -u log | wc -l) = 1200
                """);
    }

    @Test
    void permissionsAreTheKernelsAffair() throws Exception {
        mount.sh("echo secret > f; chmod 600 f; mkdir d; chmod 700 d; chmod 755 .");
        mount.sh("! setpriv --reuid 1234 --regid 1234 --clear-groups cat f 2>/dev/null");
        mount.sh("! setpriv --reuid 1234 --regid 1234 --clear-groups touch d/x 2>/dev/null");
        mount.sh("chmod 777 d; umask 027; setpriv --reuid 1234 --regid 1235 --clear-groups sh -c 'echo x > d/x'");
        assertEquals("1234 1235 640", mount.sh("stat -c '%u %g %a' d/x"));
    }

    @Test
    void setuidGoesWhenAnOrdinaryUserWrites() throws Exception {
        mount.sh("echo x > f; chmod 6777 f; setpriv --reuid 1234 --regid 1234 --clear-groups sh -c 'echo y >> f'");
        assertEquals("777", mount.sh("stat -c %a f"));
        mount.sh("chmod 4777 f; setpriv --reuid 1234 --regid 1234 --clear-groups sh -c ': > f'");
        assertEquals("777", mount.sh("stat -c %a f"));
    }

    @Test
    void pagesOfSharedMappingsAreWritten() throws Exception {
        mount.sh("""
                printf 'aaaaaaaaaa' > f
                exec 5>>f
                python3 - <<'END'
                import mmap, os
                fd = os.open('f', os.O_RDWR)
                m = mmap.mmap(fd, 10, mmap.MAP_SHARED)
                m[2:4] = b'XY'
                m.flush()
                m.close()
                END
                exec 5>&-
                """);
        assertEquals("aaXYaaaaaa", mount.sh("cat f"));
    }

    @Test
    void attributesBeyondMode() throws Exception {
        mount.sh("touch -d '2001-02-03 04:05:06.123456789 UTC' f");
        assertEquals("981173106.123456789", mount.sh("stat -c %.9Y f"));
        assertEquals("value", mount.sh("""
                python3 - <<'END'
                import os
                os.setxattr('f', 'user.key', b'value')
                print(os.getxattr('f', 'user.key').decode())
                assert os.listxattr('f') == ['user.key']
                os.removexattr('f', 'user.key')
                assert os.listxattr('f') == []
                END
                """));
        mount.sh("mkfifo p; mknod c c 1 3; test -p p; test -c c; test $(stat -c %t:%T c) = 1:3");
        assertNotEquals("0", mount.sh("stat -f -c %b ."));
    }

    @Test
    void locksExcludeProcesses() throws Exception {
        mount.sh("""
                touch f
                exec 7>f
                flock -n 7
                ! flock -n f true
                (sleep 0.3; exec 7>&-) &
                exec 7>&-
                flock -w 20 f true
                """);
        mount.sh("""
                python3 - <<'END'
                import fcntl, os, signal
                fd = os.open('f', os.O_RDWR)
                fcntl.lockf(fd, fcntl.LOCK_EX, 10, 0)
                tried, tell = os.pipe()
                child = os.fork()
                if child == 0:
                    fd = os.open('f', os.O_RDWR)
                    try:
                        fcntl.lockf(fd, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, 5)
                        os._exit(1)
                    except BlockingIOError:
                        pass
                    fcntl.lockf(fd, fcntl.LOCK_EX | fcntl.LOCK_NB, 10, 10)
                    os.write(tell, b'x')
                    fcntl.lockf(fd, fcntl.LOCK_EX, 1, 5)
                    os._exit(0)
                os.read(tried, 1)
                fcntl.lockf(fd, fcntl.LOCK_UN, 10, 0)
                assert os.waitpid(child, 0)[1] == 0
                # A lock that is never given: the wait ends with the signal
                fcntl.lockf(fd, fcntl.LOCK_EX, 10, 0)
                child = os.fork()
                if child == 0:
                    signal.signal(signal.SIGALRM, lambda *a: os._exit(7))
                    signal.setitimer(signal.ITIMER_REAL, 0.2)
                    fd = os.open('f', os.O_RDWR)
                    fcntl.lockf(fd, fcntl.LOCK_EX, 1, 5)
                    os._exit(1)
                assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
                END
                """);
    }

    @Test
    void tenThousandFilesAreOpen() throws Exception {
        assertEquals("10000", mount.sh("""
                ulimit -n 11000
                python3 - <<'END'
                import os
                fds = [os.open('f%d' % i, os.O_CREAT | os.O_RDWR) for i in range(10000)]
                for i in range(0, 10000, 100):
                    os.write(fds[i], b'%d' % i)
                for i in range(0, 10000, 100):
                    assert os.pread(fds[i], 9, 0) == b'%d' % i
                print(len(os.listdir('.')))
                END
                rm -f f*
                """));
    }

    @Test
    void changesFromElsewhereAreSeenWhenTheTreeTells() throws Exception {
        tree.validity(3_600_000);
        mount.sh("mkdir d; echo 1 > d/f; ls d; cat d/f; stat d/f d/missing 2>/dev/null || true");
        assertEquals(1, tree.listeners().size());
        MemoryDirectoryUser user = new MemoryDirectoryUser(tree);
        user.write("d", "f", "other contents");
        user.create("d", "missing");
        assertEquals("2", mount.sh("stat -c %s d/f"), "as the kernel has it");
        tree.listeners().get(0).contentsChanged(user.find("d", "f"));
        tree.listeners().get(0).entryChanged(user.find("d"), "missing".getBytes());
        assertEquals("other contents", mount.sh("cat d/f"));
        assertEquals("f missing", mount.sh("test -e d/missing; ls d | xargs"));
        user.close();
    }

    @Test
    void errorsAreThoseOfTheTree() throws Exception {
        tree.failChanges(Errno.ENOSPC);
        assertEquals(true, mount.tryShell("echo x > f").output().contains("No space left on device"));
        tree.failChanges(null);
        assertEquals(true, mount.tryShell("cat missing").output().contains("No such file or directory"));
    }

    @Test
    void serviceEndsWhenTheConnectionIsAborted() throws Exception {
        mount.sh("echo x > f");
        RealMount.abort(mount.device());
        assertEquals(true, mount.tryShell("cat f").status() != 0);
        long deadline = System.nanoTime() + 5_000_000_000L;
        while (mount.service.isServing() && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertEquals(false, mount.service.isServing());
    }
}
