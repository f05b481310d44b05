package org.froggr.itests.e2e;

import static org.froggr.itests.harness.World.ROOT;
import static org.froggr.itests.harness.World.USER;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.froggr.itests.harness.FrgTest;
import org.froggr.itests.harness.Froggr;

/** A platform that is killed takes nothing from the programs that have files open: they only wait. */
final class HandOverFilesIT {
    private static final int NAMES = 500;
    private static final int RECORDS = 400;

    @FrgTest({ROOT, USER})
    void aFileIsWrittenOn(Froggr frg) {
        try (HandOverProgram program = in(frg, union(frg))) {
            program.does("f = open('f', 'wb', 0)", "f.write(b'one ')");
            frg.crashPlatform();
            program.does("f.write(b'two')", "f.close()").sees("b'one two'", "open('f', 'rb').read()");
        }
    }

    @FrgTest({ROOT, USER})
    void aFileIsReadOnWhereItWas(Froggr frg) {
        frg.file("a/f", "0123456789");
        try (HandOverProgram program = in(frg, served(frg))) {
            program.does("f = open('f', 'rb', 0)").sees("b'0123'", "f.read(4)");
            frg.crashPlatform();
            program.sees("b'456789'", "f.read()");
        }
    }

    @FrgTest({ROOT, USER})
    void anOpenFileThatWasRenamedIsTheSame(Froggr frg) {
        frg.file("a/d/f", "old");
        try (HandOverProgram program = in(frg, union(frg))) {
            program.does("f = open('d/f', 'r+b', 0)", "number = os.fstat(f.fileno()).st_ino")
                    .does("os.rename('d/f', 'g')");
            frg.crashPlatform();
            program.does("f.write(b'new')")
                    .sees("b'new'", "open('g', 'rb').read()")
                    .sees("True", "os.stat('g').st_ino == number == os.fstat(f.fileno()).st_ino")
                    .fails("ENOENT", "os.stat('d/f')");
        }
    }

    @FrgTest({ROOT, USER})
    void workingAndOpenDirectoriesStay(Froggr frg) {
        frg.file("a/d/e/f", "f");
        try (HandOverProgram program = in(frg, union(frg))) {
            program.does("d = os.open('d', os.O_RDONLY)", "os.chdir('d/e')");
            frg.crashPlatform();
            program.sees("b'f'", "open('f', 'rb').read()")
                    .sees("['e']", "os.listdir(d)")
                    .does("os.mkdir('made', dir_fd=d)")
                    .sees("True", "os.getcwd().endswith('/t/d/e')")
                    .sees("['e', 'made']", "sorted(os.listdir('..'))");
        }
    }

    @FrgTest({ROOT, USER})
    void aDirectoryHalfReadIsReadToItsEnd(Froggr frg) {
        frg.sh("mkdir -p a/many t/many && cd a/many && touch $(seq 0 2 $1) && cd ../../t/many && touch $(seq 1 2 $1)",
                        Integer.toString(NAMES - 1))
                .ok();
        try (HandOverProgram program = in(frg, union(frg))) {
            // Of scandir: the library asks for 32 KiB at a time, the kernel for a page.
            program.does("s = os.scandir('many')", "seen = [next(s).name for i in range(20)]");
            frg.crashPlatform();
            program.does("seen += [e.name for e in s]")
                    .sees(Integer.toString(NAMES), "len(seen)")
                    .sees("True", "sorted(map(int, seen)) == list(range(" + NAMES + "))");
        }
    }

    /** Nobody but a privileged platform can reach such a file again: for others it is stale, and nothing else is. */
    @FrgTest({ROOT, USER})
    void aFileWithoutAName(Froggr frg) {
        try (HandOverProgram program = in(frg, union(frg))) {
            program.does("f = open('gone', 'w+b', 0)", "f.write(b'one ')", "os.unlink('gone')")
                    .does("g = open('stays', 'w+b', 0)");
            frg.crashPlatform();
            boolean stays = program.doesOrFails("ESTALE", "f.write(b'two')");
            assertTrue(stays || !frg.world().isPrivileged(), "root keeps it");
            if (stays) {
                program.sees("b'one two'", "os.pread(f.fileno(), 100, 0)")
                        .sees("(7, 0)", "(os.fstat(f.fileno()).st_size, os.fstat(f.fileno()).st_nlink)");
            }
            program.does("g.write(b'here')").sees("b'here'", "open('stays', 'rb').read()");
        }
    }

    @FrgTest({ROOT, USER})
    void aMappingStays(Froggr frg) {
        try (HandOverProgram program = in(frg, served(frg))) {
            program.does("f = open('f', 'w+b', 0)", "f.truncate(100000)", "m = mmap.mmap(f.fileno(), 100000)")
                    .does("m[5000] = 1");
            frg.crashPlatform();
            program.does("m[50000] = 2", "m[5001] = 3", "m.flush()")
                    .sees("b'\\x01\\x03'", "os.pread(f.fileno(), 2, 5000)")
                    .sees("b'\\x02'", "open('f', 'rb').read()[50000:50001]");
        }
    }

    @FrgTest({ROOT, USER})
    void whatTwoAppendIsThereOnce(Froggr frg) {
        String id = union(frg);
        try (HandOverProgram one = in(frg, id);
                HandOverProgram two = in(frg, id)) {
            String append = "[os.write(fd, b'%s %%d\\n' %% i) for i in range(" + RECORDS + ")] and None";
            for (HandOverProgram program : new HandOverProgram[] {one, two}) {
                program.does("fd = os.open('log', os.O_CREAT | os.O_APPEND | os.O_WRONLY)");
            }
            one.begin(append.formatted("one"));
            two.begin(append.formatted("two"));
            frg.crashPlatform();
            one.ends("appending");
            two.ends("appending");
            one.does("lines = open('log').read().split('\\n')[:-1]");
            for (String who : new String[] {"one", "two"}) {
                one.sees(
                        "True",
                        "[l for l in lines if l[:3] == '%s'] == ['%s %%d' %% i for i in range(%d)]"
                                .formatted(who, who, RECORDS));
            }
        }
    }

    /** What was not done must still fail, and what was done must not fail. */
    @FrgTest({ROOT, USER})
    void changesOfNamesAreMadeOnce(Froggr frg) {
        try (HandOverProgram program = in(frg, union(frg))) {
            String changes = "for i in range(150): os.mkdir('d'); os.rename('d', 'e'); os.rmdir('e');"
                    + " os.close(os.open('f', os.O_CREAT | os.O_EXCL)); os.link('f', 'g'); os.unlink('f'); os.unlink('g')";
            program.begin(changes);
            frg.crashPlatform();
            program.ends(changes);
            program.does("os.mkdir('d')");
            frg.crashPlatform();
            program.fails("EEXIST", "os.mkdir('d')").fails("ENOENT", "os.unlink('f')");
        }
    }

    private static HandOverProgram in(Froggr frg, String id) {
        return HandOverProgram.in(frg, id, frg.path("t"));
    }

    /** Directory a in front of t, on t. */
    private static String union(Froggr frg) {
        frg.directory("a", "t");
        return frg.bind("-b", frg.path("a"), frg.path("t"));
    }

    /** Directory a alone. */
    private static String served(Froggr frg) {
        frg.directory("a", "t");
        return frg.mount("-t", "served", frg.path("a"), frg.path("t"));
    }
}
