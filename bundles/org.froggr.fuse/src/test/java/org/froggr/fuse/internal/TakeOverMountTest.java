package org.froggr.fuse.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A serving process is killed, and another one goes on: programs that use the mount see nothing of it. */
class TakeOverMountTest {
    private static final int LIMIT_SECONDS = 60;

    private final List<Process> processes = new ArrayList<>();
    private Path disk;
    private Path recovery;
    private Path mount;
    private int device;
    private Process server;

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createTempDirectory(Path.of("/dev/shm"), "froggr-disk-");
        recovery = Files.createTempDirectory("froggr-recovery-");
        mount = Files.createTempDirectory("froggr-fuse-");
        device = RealMount.mount(mount, "allow_other,default_permissions");
    }

    @AfterEach
    void unmount() throws Exception {
        processes.forEach(Process::destroyForcibly);
        RealMount.unmount(mount, device);
        for (Process process : processes) {
            process.waitFor();
        }
        delete(disk);
        delete(recovery);
    }

    private static void delete(Path directory) throws IOException {
        try (var all = Files.walk(directory)) {
            for (Path path : (Iterable<Path>) all.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(path);
            }
        }
    }

    private void serve(String words) throws Exception {
        server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.froggr.fuse.internal.ServingProcess",
                        Long.toString(ProcessHandle.current().pid()),
                        Integer.toString(device),
                        recovery.toString(),
                        disk.toString(),
                        words)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        processes.add(server);
        assertEquals("serving", line(server));
    }

    private static String line(Process process) throws IOException {
        StringBuilder line = new StringBuilder();
        int next = process.getInputStream().read();
        while (next >= 0 && next != '\n') {
            line.append((char) next);
            next = process.getInputStream().read();
        }
        return line.toString();
    }

    private void kill() throws Exception {
        server.destroyForcibly();
        server.waitFor();
    }

    /** What the server has lost. */
    private String losses() throws IOException {
        server.getOutputStream().write('?');
        server.getOutputStream().flush();
        return line(server);
    }

    /** A program of Python in the mount: it says what it has got to with {@code step()}, and goes on when told. */
    private final class Client {
        private final Process process;
        private final BufferedReader output;

        Client(String program) throws IOException {
            String prelude = """
                    import fcntl, mmap, os, struct, sys, threading
                    def step():
                        print('step', flush=True)
                        sys.stdin.readline()
                    os.chdir(sys.argv[1])
                    """;
            process = new ProcessBuilder("python3", "-c", prelude + program, mount.toString())
                    .redirectErrorStream(true)
                    .start();
            processes.add(process);
            output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        }

        void awaitStep() throws IOException {
            String line = output.readLine();
            if (!"step".equals(line)) {
                throw new AssertionError(line + "\n" + String.join("\n", output.lines().toList()));
            }
        }

        void next() throws IOException {
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
        }

        void awaitEnd() throws Exception {
            process.getOutputStream().close();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("still running");
            }
            assertEquals("", String.join("\n", output.lines().toList()));
            assertEquals(0, process.exitValue());
        }
    }

    /** Runs a program to its first step, kills the server, and has another one go on. */
    private void survive(String words, String program) throws Exception {
        run(words, program);
        assertEquals("", losses());
    }

    /** Likewise, with one file lost. */
    private void losing(String what, String words, String program) throws Exception {
        run(words, program);
        assertTrue(losses().contains(what));
    }

    private void run(String words, String program) throws Exception {
        serve(words);
        Client client = new Client(program);
        client.awaitStep();
        kill();
        serve(words + " takeover");
        client.next();
        client.awaitEnd();
    }

    private static final String PLAIN = "plain";
    private static final String PASSTHROUGH = "passthrough";

    @ParameterizedTest
    @ValueSource(strings = {PLAIN, PASSTHROUGH})
    void filesStayOpenWhereTheyWere(String words) throws Exception {
        survive(words, """
                os.mkdir('d')
                w = open('d/f', 'wb', buffering=0)
                w.write(b'one ')
                r = open('d/f', 'rb', buffering=0)
                assert r.read(2) == b'on'
                a = open('d/f', 'ab', buffering=0)
                step()
                w.write(b'two ')
                a.write(b'three')
                assert r.read() == b'e two three'
                assert os.fstat(r.fileno()).st_size == 13
                os.ftruncate(w.fileno(), 3)
                assert open('d/f').read() == 'one'
                os.fsync(w.fileno())
                w.close(); r.close(); a.close()
                assert open('d/f').read() == 'one'
                """);
    }

    @Test
    void listingsGoOnWhereTheyWere() throws Exception {
        for (int i = 0; i < 2000; i++) {
            Files.createFile(disk.resolve("file-with-a-rather-long-name-" + i));
        }
        survive(PLAIN, """
                it = os.scandir('.')
                seen = [next(it).name for i in range(20)]
                step()
                seen += [e.name for e in it]
                assert sorted(seen) == sorted('file-with-a-rather-long-name-%d' % i for i in range(2000)), len(seen)
                """);
    }

    @Test
    void directoriesStayWhatTheyAre() throws Exception {
        survive(PLAIN, """
                os.makedirs('a/b/c/d')
                open('a/b/c/d/f', 'w').write('x')
                os.chdir('a/b/c/d')
                r = open('f')
                fd = os.open('../..', os.O_RDONLY)
                os.rename('../../../b', '../../../../z')
                before = [os.stat(p).st_ino for p in ('.', '..', '../..')], os.getcwd()
                step()
                assert before == ([os.stat(p).st_ino for p in ('.', '..', '../..')], os.getcwd())
                assert os.getcwd().endswith('/z/c/d'), os.getcwd()
                assert os.listdir('.') == ['f']
                assert r.read() == 'x'
                open('new', 'w').write('y')
                assert os.listdir(fd) == ['c']
                os.rename('../d', '../e')
                assert open('../e/new').read() == 'y'
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {PLAIN, PASSTHROUGH})
    void lookUpsGoOnToMeanTheSameNodes(String words) throws Exception {
        survive(words, """
                os.mkdir('d')
                for i in range(3000): open('d/%d' % i, 'w').close()
                inodes = {n: os.stat('d/' + n).st_ino for n in os.listdir('d')}
                step()
                assert inodes == {e.name: e.inode() for e in os.scandir('d')}
                assert inodes == {n: os.stat('d/' + n).st_ino for n in os.listdir('d')}
                for i in range(0, 3000, 2): os.unlink('d/%d' % i)
                for i in range(1, 3000, 2): os.rename('d/%d' % i, 'd/x%d' % i)
                assert len(os.listdir('d')) == 1500
                for i in range(3000, 4000): open('d/%d' % i, 'w').write(str(i))
                for i in range(3000, 4000): assert open('d/%d' % i).read() == str(i)
                """);
    }

    @Test
    void whatHasNoNameIsKeptByTheKernel() throws Exception {
        survive(PASSTHROUGH, """
                f = open('f', 'w+b', buffering=0); f.write(b'gone'); os.unlink('f')
                g = open('g', 'w+b', buffering=0); g.write(b'over')
                open('h', 'w').write('new'); os.rename('h', 'g')
                t = os.open('.', os.O_TMPFILE | os.O_RDWR); os.write(t, b'none')
                step()
                for fd, text in ((f.fileno(), b'gone'), (g.fileno(), b'over'), (t, b'none')):
                    assert os.pread(fd, 9, 0) == text
                    assert os.fstat(fd).st_size == 4, os.fstat(fd)
                    assert os.fstat(fd).st_nlink == 0
                    os.ftruncate(fd, 2)
                    assert os.pread(fd, 9, 0) == text[:2]
                assert open('g').read() == 'new'
                """);
    }

    @Test
    void whatHasNoNameAndNobodyKeepsIsGoneForItselfAlone() throws Exception {
        losing("without a name", PLAIN, """
                f = open('f', 'w+b', buffering=0); f.write(b'gone'); os.unlink('f')
                g = open('g', 'w+b', buffering=0); g.write(b'here')
                step()
                try:
                    os.ftruncate(f.fileno(), 1)
                    raise AssertionError('works')
                except OSError as e:
                    assert e.strerror == 'Stale file handle', e
                f.close()
                assert os.pread(g.fileno(), 9, 0) == b'here'
                open('f', 'w').write('new')
                assert open('f').read() == 'new'
                """);
    }
}
