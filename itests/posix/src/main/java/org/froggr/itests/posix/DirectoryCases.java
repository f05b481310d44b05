package org.froggr.itests.posix;

import static org.froggr.itests.posix.Check.*;
import static org.froggr.itests.posix.Linux.*;
import static org.froggr.itests.posix.Names.*;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.froggr.itests.posix.Directory.Entry;

/** readdir(3), seekdir(3), rewinddir(3). */
final class DirectoryCases {
    private DirectoryCases() {}

    static void list(Catalogue list) {
        Chapter chapter = list.chapter("readdir");
        contents(chapter);
        numbers(chapter);
        places(chapter);
    }

    static Set<String> fill(String directory, int count) throws Exception {
        Set<String> names = new TreeSet<>();
        for (int i = 0; i < count; i++) {
            String name = "entry-" + i;
            touch(directory + "/" + name);
            names.add(name);
        }
        return names;
    }

    private static void contents(Chapter chapter) {
        for (int count : new int[] {0, 1, 10, 100, 1000}) {
            chapter.test("lists-each-of-" + count + "-once", site -> {
                mkdir("d");
                same(fill("d", count), Directory.names("d"), "names");
            });
        }
        chapter.test("lists-each-of-a-wide-directory-once", site -> {
            mkdir("d");
            same(fill("d", site.settings().wide()), Directory.names("d"), "names");
        });
        chapter.test("long-names", site -> {
            mkdir("d");
            Set<String> names = new TreeSet<>();
            for (int i = 0; i < 100; i++) {
                String name = String.format("%0255d", i);
                touch("d/" + name);
                names.add(name);
            }
            same(names, Directory.names("d"), "names");
        });
        chapter.test("has-both-dots", site -> {
            mkdir("d");
            fill("d", 20);
            try (Directory d = Directory.open("d")) {
                List<String> names = d.rest().stream().map(Entry::name).toList();
                same(1, names.stream().filter("."::equals).count(), "entries .");
                same(1, names.stream().filter(".."::equals).count(), "entries ..");
            }
        });
        chapter.test("is-the-same-again", site -> {
            mkdir("d");
            fill("d", 300);
            try (Directory a = Directory.open("d");
                    Directory b = Directory.open("d")) {
                same(a.rest(), b.rest(), "entries, in their order");
            }
        });
        chapter.test(
                "tells-types",
                site -> {
                    mkdir("d");
                    touch("d/file");
                    mkdir("d/directory");
                    symlink("t", "d/symlink");
                    mkfifo("d/fifo");
                    Sockets.listen("d/socket");
                    try (Directory d = Directory.open("d")) {
                        for (Entry entry : d.rest()) {
                            int type = Stat.ofLink("d/" + entry.name()).type();
                            same(type >> 12, entry.type(), "type of " + entry.name());
                        }
                    }
                },
                Need.ENTRY_TYPES);
        chapter.test("read-by-many-at-once", site -> {
            mkdir("d");
            Set<String> names = fill("d", 500);
            List<Worker> workers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                workers.add(site.start(() -> {
                    for (int j = 0; j < 10; j++) {
                        same(names, Directory.names("d"), "names");
                    }
                }));
            }
            for (Worker worker : workers) {
                worker.finish();
            }
        });
    }

    private static void numbers(Chapter chapter) {
        chapter.test("inode-numbers-are-those-of-stat", site -> {
            mkdir("d");
            fill("d", 50);
            mkdir("d/sub");
            symlink("t", "d/symlink");
            try (Directory d = Directory.open("d")) {
                for (Entry entry : d.rest()) {
                    if (!entry.name().equals("..")) {
                        same(Stat.ofLink("d/" + entry.name()).inode(), entry.inode(), "inode of " + entry.name());
                    }
                }
            }
        });
        chapter.test("inode-of-dot-dot-is-the-parents", site -> {
            mkdirs("d/e");
            try (Directory d = Directory.open("d/e")) {
                for (Entry entry : d.rest()) {
                    if (entry.name().equals("..")) {
                        same(Stat.of("d").inode(), entry.inode(), "inode of ..");
                    }
                }
            }
        });
        chapter.test("links-have-one-inode-number", site -> {
            mkdir("d");
            touch("d/a");
            link("d/a", "d/b");
            try (Directory d = Directory.open("d")) {
                Map<String, Long> inodes = new HashMap<>();
                d.rest().forEach(entry -> inodes.put(entry.name(), entry.inode()));
                same(inodes.get("a"), inodes.get("b"), "inode");
            }
        });
        chapter.test("inode-numbers-are-stable-and-distinct", site -> {
            mkdir("d");
            fill("d", 500);
            try (Directory d = Directory.open("d")) {
                List<Entry> first = d.rest();
                Set<Long> inodes = new HashSet<>();
                for (Entry entry : first) {
                    that(inodes.add(entry.inode()), "each entry has an inode of its own");
                }
                d.rewind();
                same(first, d.rest(), "entries");
            }
        });
    }

    private static void places(Chapter chapter) {
        chapter.test("telldir-and-seekdir", site -> {
            mkdir("d");
            fill("d", 300);
            try (Directory d = Directory.open("d")) {
                List<Entry> all = new ArrayList<>();
                List<Long> places = new ArrayList<>();
                while (true) {
                    places.add(d.tell());
                    Entry entry = d.next();
                    if (entry == null) {
                        break;
                    }
                    all.add(entry);
                }
                for (int i : new int[] {0, 1, 7, 150, 301, 302, 2, 299}) {
                    d.seek(places.get(i));
                    same(i < all.size() ? all.get(i) : null, d.next(), "entry at place " + i);
                }
            }
        });
        chapter.test("seekdir-in-another-stream-of-the-directory", site -> {
            mkdir("d");
            fill("d", 300);
            try (Directory a = Directory.open("d");
                    Directory b = Directory.open("d")) {
                for (int i = 0; i < 100; i++) {
                    a.next();
                }
                b.seek(a.tell());
                same(a.rest(), b.rest(), "the rest");
            }
        });
        chapter.test("rewinddir-begins-again", site -> {
            mkdir("d");
            fill("d", 100);
            try (Directory d = Directory.open("d")) {
                List<Entry> all = d.rest();
                d.rewind();
                same(all, d.rest(), "entries");
            }
        });
        chapter.test("rewinddir-sees-what-is-new", site -> {
            mkdir("d");
            touch("d/a");
            try (Directory d = Directory.open("d")) {
                same(Set.of("a"), Directory.names(d.rest()), "names");
                touch("d/b");
                unlink("d/a");
                d.rewind();
                same(Set.of("b"), Directory.names(d.rest()), "names");
            }
        });
        chapter.test("new-opendir-sees-what-is-new", site -> {
            mkdir("d");
            for (int i = 0; i < 50; i++) {
                touch("d/f" + i);
                same(i + 1, Directory.names("d").size(), "names");
            }
            for (int i = 0; i < 50; i++) {
                unlink("d/f" + i);
                same(49 - i, Directory.names("d").size(), "names");
            }
        });
        chapter.test("lseek-to-0-begins-again", site -> {
            mkdir("d");
            fill("d", 10);
            int fd = Fds.open("d", O_RDONLY);
            for (int i = 0; i < 2; i++) {
                Fds.seek(fd, 0, SEEK_SET);
                byte[] buffer = new byte[4096];
                long length = Sys.syscall(getdents(), fd, buffer, buffer.length);
                that(length > 10 * 24, "getdents64 gives entries");
            }
        });
    }

    private static long getdents() {
        return System.getProperty("os.arch").equals("aarch64") ? 61 : 217;
    }
}
