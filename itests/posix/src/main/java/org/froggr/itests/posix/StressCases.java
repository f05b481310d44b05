package org.froggr.itests.posix;

import static org.froggr.api.Errno.*;
import static org.froggr.itests.posix.Check.*;
import static org.froggr.itests.posix.Linux.*;
import static org.froggr.itests.posix.Names.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;

/** Many at once in one tree, and what must hold afterwards. */
final class StressCases {
    private static final int THREADS = 4;

    /** What may be wrong with a name that another thread uses too. */
    private static final Set<Errno> RACES =
            Set.of(ENOENT, EEXIST, ENOTEMPTY, ENOTDIR, EISDIR, EINVAL, EBUSY, ELOOP, ESTALE);

    private StressCases() {}

    static void list(Catalogue list) {
        Chapter chapter = list.chapter("stress");
        for (int round = 1; round <= 3; round++) {
            chapter.test("random-changes-of-one-tree-" + round, site -> together(site, random -> wild(random, 400)));
        }
        chapter.test("random-changes-by-processes", site -> {
            mkdir("t");
            List<Peer.Pending<Void>> pending = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                long seed = site.random().nextLong();
                pending.add(site.peer().begin(() -> wild(new Random(seed), 400)));
            }
            for (Peer.Pending<Void> one : pending) {
                one.get();
            }
            consistent("t");
        });
        chapter.test("each-thread-its-own-names", site -> {
            int[] next = {0};
            together(site, random -> {
                int mine;
                synchronized (next) {
                    mine = next[0]++;
                }
                for (int i = 0; i < 200; i++) {
                    String name = "t/" + mine + "-" + i;
                    file(name, name);
                    rename(name, name + "x");
                    same(name, content(name + "x"), "content");
                    if (i % 2 == 0) {
                        unlink(name + "x");
                    }
                }
            });
            same(THREADS * 100L, Directory.names("t").size(), "names");
        });
        chapter.test("links-are-counted", site -> {
            mkdir("t");
            touch("t/f");
            int[] next = {0};
            together(site, random -> {
                int mine;
                synchronized (next) {
                    mine = next[0]++;
                }
                for (int i = 0; i < 100; i++) {
                    link("t/f", "t/" + mine + "-" + i);
                    if (i % 3 == 0) {
                        unlink("t/" + mine + "-" + i);
                    }
                }
            });
            same(Directory.names("t").size(), Stat.of("t/f").links(), "links");
        });
        chapter.test("renames-lose-nothing", site -> {
            mkdir("t");
            for (int i = 0; i < 20; i++) {
                file("t/f" + i, "n" + i);
            }
            together(site, random -> {
                for (int i = 0; i < 300; i++) {
                    try {
                        String from = "t/f" + random.nextInt(40);
                        rename(from, "t/f" + random.nextInt(40), RENAME_NOREPLACE);
                    } catch (ErrnoException e) {
                        raced(e);
                    }
                }
            });
            Set<String> contents = new TreeSet<>();
            for (String name : Directory.names("t")) {
                that(contents.add(content("t/" + name)), "no content twice");
            }
            same(20, contents.size(), "files");
        });
        chapter.test("directories-moved-across-never-form-a-ring", site -> {
            mkdir("t");
            for (int i = 0; i < 6; i++) {
                mkdir("t/d" + i);
                // Never empty, so that none replaces another.
                touch("t/d" + i + "/marker" + i);
            }
            together(site, random -> {
                for (int i = 0; i < 200; i++) {
                    try {
                        rename(anywhere(random), anywhere(random) + "/d" + random.nextInt(6));
                    } catch (ErrnoException e) {
                        raced(e);
                    }
                }
            });
            same(12, count("t"), "directories and markers");
        });
        chapter.test("open-read-close-of-a-changing-file", site -> {
            mkdir("t");
            file("t/f", "a".repeat(1000));
            together(site, random -> {
                for (int i = 0; i < 100; i++) {
                    if (random.nextInt(4) == 0) {
                        String mine = "t/n" + random.nextInt();
                        file(mine, Character.toString((char) ('a' + random.nextInt(26))).repeat(1000));
                        rename(mine, "t/f");
                    } else {
                        String text = content("t/f");
                        same(1000, text.length(), "length");
                        same(text.substring(0, 1).repeat(1000), text, "content of one piece");
                    }
                }
            });
        });
    }

    @FunctionalInterface
    private interface Part {
        void run(Random random) throws Exception;
    }

    /** The same part in several threads, each with a random source of its own, then looks at the tree. */
    private static void together(Site site, Part part) throws Exception {
        if (!exists("t")) {
            mkdir("t");
        }
        List<Worker> workers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Random random = new Random(site.random().nextLong());
            workers.add(site.start(() -> part.run(random)));
        }
        for (Worker worker : workers) {
            worker.finish();
        }
        consistent("t");
    }

    private static void wild(Random random, int steps) throws Exception {
        for (int i = 0; i < steps; i++) {
            String a = "t/" + random.nextInt(8);
            String b = "t/" + random.nextInt(8) + (random.nextBoolean() ? "/" + random.nextInt(4) : "");
            try {
                switch (random.nextInt(9)) {
                    case 0 -> mkdir(a);
                    case 1 -> touch(b);
                    case 2 -> file(b, "x".repeat(random.nextInt(5000)));
                    case 3 -> rename(a, b);
                    case 4 -> unlink(b);
                    case 5 -> rmdir(a);
                    case 6 -> link(a, b);
                    case 7 -> symlink(b, a);
                    default -> Directory.open(a).close();
                }
            } catch (ErrnoException e) {
                raced(e);
                if (e.is(EISDIR) || e.is(EPERM)) {
                    Sys.rmdir(Call.name(a));
                }
            }
        }
    }

    private static void raced(ErrnoException e) throws ErrnoException {
        // link(2) of a directory is EPERM
        if (!e.is(EPERM) && RACES.stream().noneMatch(e::is)) {
            throw e;
        }
    }

    private static String anywhere(Random random) {
        StringBuilder path = new StringBuilder("t");
        for (int i = random.nextInt(3); i >= 0; i--) {
            path.append("/d").append(random.nextInt(6));
        }
        return path.toString();
    }

    private static int count(String directory) throws Exception {
        int count = 0;
        for (String name : Directory.names(directory)) {
            String path = directory + "/" + name;
            count += 1 + (Stat.ofLink(path).type() == S_IFDIR ? count(path) : 0);
        }
        return count;
    }

    /** Whatever is listed can be looked up and tells of itself what the listing told; regular files can be read. */
    private static void consistent(String directory) throws Exception {
        try (Directory open = Directory.open(directory)) {
            List<Directory.Entry> entries = open.rest();
            Directory.names(entries);
            for (Directory.Entry entry : entries) {
                if (entry.name().equals(".") || entry.name().equals("..")) {
                    continue;
                }
                String name = directory + "/" + entry.name();
                Stat stat = Stat.ofLink(name);
                same(entry.inode(), stat.inode(), "inode of " + name);
                if (stat.type() == S_IFDIR) {
                    consistent(name);
                } else if (stat.type() == S_IFREG) {
                    same(stat.size(), content(name).length(), "length of " + name);
                }
            }
        }
    }
}
