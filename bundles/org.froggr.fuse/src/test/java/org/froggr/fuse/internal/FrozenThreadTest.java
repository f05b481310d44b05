package org.froggr.fuse.internal;

import static org.froggr.fuse.internal.ServedDirectory.PLAIN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A process that serves is killed, and cannot end: one of its threads is in a system call on a disk that does not
 * answer. Such a thread ends what it began when its successor is at work already, and its process keeps all locks
 * until then. The disk is another mount, since who waits there for an answer cannot be killed either.
 */
class FrozenThreadTest {
    private static final int LIMIT_SECONDS = 60;

    private Path scratch;
    private Path real;
    private DiskTree tree;
    private RealMount disk;
    private ServedDirectory directory;
    private Process former;

    @BeforeEach
    void mount() throws Exception {
        scratch = Files.createTempDirectory(Path.of("/dev/shm"), "froggr-frozen-");
        real = Files.createDirectory(scratch.resolve("real"));
        tree = new DiskTree(real.toString(), false, false);
        disk = RealMount.of(tree, false);
        tree.freezing.refuseInterrupts(disk.device());
        disk.sh("echo first > f; rm f");
        // Only other processes use the mount: this one deletes but a link to it
        directory = new ServedDirectory(Files.createSymbolicLink(scratch.resolve("disk"), disk.directory));
    }

    @AfterEach
    void unmount() throws Exception {
        tree.freezing.thaw();
        directory.close();
        disk.close();
        try (var all = Files.walk(scratch)) {
            for (Path path : (Iterable<Path>) all.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(path);
            }
        }
    }

    /** Kills the server when so many of its threads wait for the disk, and lets another one take over. */
    private void killFrozen(int threads) throws Exception {
        HangTest.await("it waits for the disk", () -> tree.freezing.waiting.get() == threads);
        former = directory.strike();
        directory.serve("plain takeover");
        assertTrue(former.isAlive(), "it cannot end");
    }

    private void thaw() throws Exception {
        tree.freezing.thaw();
        assertTrue(former.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS), "it can end");
    }

    private static final String OTHER = """
            with open('other', 'w') as f: f.write('other')
            os.rename('other', 'another')
            assert open('another').read() == 'other'
            step()
            """;

    private void othersGoOn() throws Exception {
        ServedDirectory.Client other = directory.new Client(OTHER);
        other.awaitStep();
        other.next();
        other.awaitEnd();
    }

    @Test
    void whatAThreadMayStillDoIsDoneOnce() throws Exception {
        directory.serve(PLAIN);
        ServedDirectory.Client client = directory.new Client("""
                with open('f', 'w') as f: f.write('one ')
                f = os.open('f', os.O_RDWR | os.O_APPEND)
                # Who opens it next need not wait for its pages
                g = os.open('f', os.O_RDONLY)
                step()
                assert os.write(f, b'slow ') == 5
                step()
                assert os.write(f, b'two') == 3
                assert os.pread(f, 100, 0) == b'one slow two'
                """);
        client.awaitStep();
        tree.freezing.freeze();
        client.next();
        killFrozen(1);
        othersGoOn();
        assertFalse(client.isAtStep(), "it waits for the thread");
        thaw();
        client.awaitStep();
        client.next();
        client.awaitEnd();
        assertEquals("", directory.losses());
    }

    /** Names lead elsewhere when it is done: so nobody is told of any before that. */
    @Test
    void allWaitForARename() throws Exception {
        directory.serve(PLAIN);
        ServedDirectory.Client client = directory.new Client("""
                os.mkdir('slow')
                with open('slow/f', 'w') as f: f.write('text')
                os.chdir('slow')
                step()
                os.rename('../slow', '../moved')
                assert open('f').read() == 'text'
                assert os.listdir('..') == ['moved']
                """);
        client.awaitStep();
        ServedDirectory.Client inside = directory.new Client("""
                os.chdir('slow')
                step()
                assert open('f').read() == 'text'
                step()
                """);
        inside.awaitStep();
        tree.freezing.freeze();
        client.next();
        killFrozen(1);
        inside.next();
        thaw();
        inside.awaitStep();
        client.awaitEnd();
        inside.next();
        inside.awaitEnd();
        assertEquals("", directory.losses());
    }

    @Test
    void locksStayWhoseTheyAre() throws Exception {
        directory.serve(PLAIN);
        ServedDirectory.Client writer = directory.new Client("""
                f = os.open('f', os.O_RDWR | os.O_CREAT)
                step()
                os.write(f, b'slow')
                """);
        writer.awaitStep();
        ServedDirectory.Client holder = directory.new Client("""
                w = open('whole', 'w+'); fcntl.flock(w, fcntl.LOCK_EX)
                r = open('records', 'w+'); fcntl.lockf(r, fcntl.LOCK_EX, 100)
                step()
                fcntl.lockf(r, fcntl.LOCK_UN, 20, 40)
                fcntl.flock(w, fcntl.LOCK_SH)
                os.write(w.fileno(), b'mine')
                step()
                r.close()
                w.close()
                """);
        holder.awaitStep();
        ServedDirectory.Client other = directory.new Client("""
                import errno
                w = open('whole', 'r+')
                r = open('records', 'r+')
                def refused(call, *args):
                    try:
                        call(*args)
                    except OSError as e:
                        return e.errno in (errno.EAGAIN, errno.EACCES)
                step()
                assert refused(fcntl.flock, w, fcntl.LOCK_EX | fcntl.LOCK_NB)
                assert refused(fcntl.lockf, r, fcntl.LOCK_EX | fcntl.LOCK_NB, 5)
                step()
                fcntl.lockf(r, fcntl.LOCK_EX)
                fcntl.flock(w, fcntl.LOCK_EX)
                """);
        other.awaitStep();
        tree.freezing.freeze();
        writer.next();
        killFrozen(1);
        other.next();
        holder.next();
        othersGoOn();
        assertFalse(other.isAtStep(), "it is not known yet whose they are");
        thaw();
        other.awaitStep();
        holder.awaitStep();
        other.next();
        holder.next();
        for (ServedDirectory.Client each : new ServedDirectory.Client[] {writer, holder, other}) {
            each.awaitEnd();
        }
        assertEquals("", directory.losses());
    }

    /** The second one is not the last that a successor has to wait for. */
    @Test
    void twoAreKilled() throws Exception {
        directory.serve(PLAIN);
        ServedDirectory.Client client = directory.new Client("""
                w = open('whole', 'w+'); fcntl.flock(w, fcntl.LOCK_EX)
                f = os.open('f', os.O_RDWR | os.O_CREAT | os.O_APPEND)
                step()
                assert os.write(f, b'slow') == 4
                fcntl.flock(w, fcntl.LOCK_SH)
                assert os.pread(f, 100, 0) == b'slow'
                """);
        client.awaitStep();
        tree.freezing.freeze();
        client.next();
        killFrozen(1);
        directory.kill();
        directory.serve("plain takeover");
        othersGoOn();
        thaw();
        client.awaitEnd();
        assertEquals("", directory.losses());
    }
}
