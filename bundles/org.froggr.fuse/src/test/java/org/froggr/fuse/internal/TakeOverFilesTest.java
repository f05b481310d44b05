package org.froggr.fuse.internal;

import static org.froggr.fuse.internal.ServedDirectory.PASSTHROUGH;
import static org.froggr.fuse.internal.ServedDirectory.PLAIN;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A serving process is killed, and another one goes on: programs that use the mount see nothing of it. */
class TakeOverFilesTest {
    private ServedDirectory directory;

    @BeforeEach
    void mount() throws Exception {
        directory = new ServedDirectory();
    }

    @AfterEach
    void unmount() throws Exception {
        directory.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {PLAIN, PASSTHROUGH})
    void filesStayOpenWhereTheyWere(String words) throws Exception {
        directory.survive(words, """
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
            Files.createFile(directory.disk.resolve("file-with-a-rather-long-name-" + i));
        }
        directory.survive(PLAIN, """
                it = os.scandir('.')
                seen = [next(it).name for i in range(20)]
                step()
                seen += [e.name for e in it]
                assert sorted(seen) == sorted('file-with-a-rather-long-name-%d' % i for i in range(2000)), len(seen)
                """);
    }

    @Test
    void directoriesStayWhatTheyAre() throws Exception {
        directory.survive(PLAIN, """
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
        directory.survive(words, """
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
        directory.survive(PASSTHROUGH, """
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
        directory.run(PLAIN, """
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
        assertTrue(directory.losses().contains("without a name"));
    }
}
