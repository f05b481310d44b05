package org.froggr.fuse.internal;

import static org.froggr.fuse.internal.ServedDirectory.PLAIN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.froggr.api.BytePath;
import org.froggr.linux.Fd;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Locks when the process that serves is killed. */
class TakeOverLocksTest {
    private ServedDirectory directory;

    @BeforeEach
    void mount() throws Exception {
        directory = new ServedDirectory();
    }

    @AfterEach
    void unmount() throws Exception {
        directory.close();
    }

    private static final String HOLDER = """
            w = open('whole', 'w+'); fcntl.flock(w, fcntl.LOCK_EX)
            r = open('records', 'w+')
            fcntl.lockf(r, fcntl.LOCK_EX, 100)
            fcntl.lockf(r, fcntl.LOCK_UN, 20, 40)
            step()
            """;

    private static final String OTHER = """
            import errno
            def refused(call, *args):
                try:
                    call(*args)
                except OSError as e:
                    return e.errno in (errno.EAGAIN, errno.EACCES)
            w = open('whole', 'r+')
            r = open('records', 'r+')
            def check():
                assert refused(fcntl.flock, w, fcntl.LOCK_SH | fcntl.LOCK_NB)
                assert refused(fcntl.lockf, r, fcntl.LOCK_EX | fcntl.LOCK_NB, 40)
                assert refused(fcntl.lockf, r, fcntl.LOCK_EX | fcntl.LOCK_NB, 5, 60)
                fcntl.lockf(r, fcntl.LOCK_EX | fcntl.LOCK_NB, 20, 40)
                fcntl.lockf(r, fcntl.LOCK_EX | fcntl.LOCK_NB, 5, 100)
            """;

    @Test
    void whoHasALockHasItStill() throws Exception {
        directory.serve(PLAIN);
        ServedDirectory.Client holder = directory.new Client(HOLDER + """
                step()
                fcntl.flock(w, fcntl.LOCK_UN)
                r.close()
                step()
                """);
        holder.awaitStep();
        directory.kill();
        directory.serve("plain takeover");
        ServedDirectory.Client other = directory.new Client(OTHER + """
                check()
                fcntl.lockf(r, fcntl.LOCK_UN)
                step()
                fcntl.flock(w, fcntl.LOCK_EX | fcntl.LOCK_NB)
                fcntl.lockf(r, fcntl.LOCK_EX | fcntl.LOCK_NB)
                """);
        other.awaitStep();
        directory.kill();
        directory.serve("plain takeover");
        holder.next();
        holder.awaitStep();
        holder.next();
        holder.awaitStep();
        other.next();
        other.awaitEnd();
        holder.next();
        holder.awaitEnd();
        assertEquals("", directory.losses());
    }

    /** The system asks again for those who wait, and the lock is given to one of them, once. */
    @Test
    void whoWaitsGetsItInTheEnd() throws Exception {
        directory.serve(PLAIN);
        ServedDirectory.Client holder = directory.new Client(HOLDER + "fcntl.flock(w, fcntl.LOCK_UN)\n");
        holder.awaitStep();
        ServedDirectory.Client waiter = directory.new Client("""
                w = open('whole', 'r+')
                t = threading.Thread(target=lambda: fcntl.flock(w, fcntl.LOCK_EX))
                t.start()
                step()
                t.join()
                """);
        waiter.awaitStep();
        waiter.next();
        directory.kill();
        directory.serve("plain takeover");
        holder.next();
        holder.awaitEnd();
        waiter.awaitEnd();
    }

    /** One who took it while nobody served keeps it; the former owner must not go on as if it were his. */
    @Test
    void aLockThatIsLostEndsItsFile() throws Exception {
        directory.serve(PLAIN);
        ServedDirectory.Client holder = directory.new Client(HOLDER + """
                import errno
                try:
                    os.pwrite(w.fileno(), b'x', 0)
                    raise AssertionError('goes on')
                except OSError as e:
                    assert e.errno == errno.EIO, e
                try:
                    w.close()
                except OSError as e:
                    assert e.errno == errno.EIO, e
                os.pread(r.fileno(), 1, 0)
                open('whole').close()
                """);
        holder.awaitStep();
        directory.kill();
        int thief = Fd.open(BytePath.of(directory.disk.resolve("whole").toString()), Fd.O_RDWR, 0);
        assertTrue(Fd.flock(thief, true, false), "free now");
        directory.serve("plain takeover");
        holder.next();
        holder.awaitEnd();
        Fd.close(thief);
        assertTrue(directory.losses().contains("/whole"));
    }
}
