package org.froggr.fuse.internal;

import static org.froggr.fuse.internal.ServedDirectory.PASSTHROUGH;
import static org.froggr.fuse.internal.ServedDirectory.PLAIN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests under way when the process that serves is killed, and processes that leave in order. */
class TakeOverRequestsTest {
    private ServedDirectory directory;

    @BeforeEach
    void mount() throws Exception {
        directory = new ServedDirectory();
    }

    @AfterEach
    void unmount() throws Exception {
        directory.close();
    }

    /** Operations that may be done twice without harm, so that this needs no record of what was done. */
    private static final String BUSY = """
            import random
            stop = False
            for i in range(50): open('f%d' % i, 'w').write('%04d' % i * 500)
            def read():
                while not stop:
                    i = random.randrange(50)
                    assert open('f%d' % i).read() == '%04d' % i * 500
            def write():
                fd = os.open('w', os.O_RDWR | os.O_CREAT)
                while not stop:
                    os.pwrite(fd, b'x' * 100000, 0)
                    assert os.pread(fd, 200000, 0) == b'x' * 100000
                os.close(fd)
            def scan():
                while not stop:
                    assert len([os.stat(n) for n in os.listdir('.')]) >= 50
            bad = []
            def guard(f):
                try:
                    f()
                except BaseException as e:
                    bad.append(repr(e))
            threads = [threading.Thread(target=guard, args=(f,)) for f in (read, read, write, scan)]
            [t.start() for t in threads]
            step()
            stop = True
            [t.join() for t in threads]
            assert not bad, bad
            """;

    @ParameterizedTest
    @ValueSource(strings = {PLAIN, PASSTHROUGH})
    void whoIsBusySeesNothingOfManyKills(String words) throws Exception {
        directory.serve(words);
        ServedDirectory.Client client = directory.new Client(BUSY);
        client.awaitStep();
        for (int i = 0; i < 4; i++) {
            directory.kill();
            directory.serve(words + " takeover");
        }
        client.next();
        client.awaitEnd();
        assertEquals("", directory.losses());
    }

    @ParameterizedTest
    @ValueSource(strings = {PLAIN, PASSTHROUGH})
    void mappedMemoryIsWrittenBack(String words) throws Exception {
        directory.survive(words, """
                fd = os.open('m', os.O_RDWR | os.O_CREAT)
                os.ftruncate(fd, 1 << 20)
                m = mmap.mmap(fd, 1 << 20)
                os.close(fd)
                m[5] = 7
                step()
                m[500000] = 9
                assert m[5] == 7
                m.flush()
                data = open('m', 'rb').read()
                assert data[5] == 7 and data[500000] == 9 and len(data) == 1 << 20
                """);
    }

    @Test
    void whatIsLeftInOrderIsGoneOnWithAndThenRemoved() throws Exception {
        directory.serve("passthrough handover");
        ServedDirectory.Client client = directory.new Client("""
                f = open('f', 'w+b', buffering=0); f.write(b'one'); fcntl.flock(f, fcntl.LOCK_EX)
                step()
                assert os.pread(f.fileno(), 9, 0) == b'one'
                os.fsync(f.fileno())
                step()
                """);
        client.awaitStep();
        directory.end();
        try (Stream<?> files = Files.list(directory.recovery)) {
            assertTrue(files.count() > 0, "all is kept");
        }
        directory.serve("passthrough takeover");
        client.next();
        client.awaitStep();
        assertEquals("", directory.losses());
        directory.end();
        try (Stream<?> files = Files.list(directory.recovery)) {
            assertEquals(0, files.count(), "nothing is kept");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {PLAIN, PASSTHROUGH})
    void aBundleIsUpdatedInAProcessThatGoesOn(String words) throws Exception {
        directory.serve(words + " again");
        ServedDirectory.Client client = directory.new Client("""
                os.makedirs('a/b'); os.chdir('a/b')
                f = open('f', 'w+b', buffering=0); f.write(b'one'); fcntl.flock(f, fcntl.LOCK_EX)
                g = open('f', 'rb', buffering=0)
                waiting = threading.Thread(target=lambda: fcntl.flock(g, fcntl.LOCK_SH))
                waiting.start()
                step()
                assert os.pread(f.fileno(), 9, 0) == b'one'
                os.fsync(f.fileno())
                assert os.listdir('.') == ['f']
                assert waiting.is_alive()
                fcntl.flock(f, fcntl.LOCK_UN)
                waiting.join()
                """);
        client.awaitStep();
        assertEquals("serving", directory.again());
        client.next();
        client.awaitEnd();
        assertEquals("", directory.losses());
    }
}
