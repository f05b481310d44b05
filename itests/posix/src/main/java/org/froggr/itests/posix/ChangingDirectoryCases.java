package org.froggr.itests.posix;

import static org.froggr.itests.posix.Check.*;
import static org.froggr.itests.posix.Names.*;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.froggr.itests.posix.Directory.Entry;

/** readdir(3) of a directory that changes meanwhile. */
final class ChangingDirectoryCases {
    private ChangingDirectoryCases() {}

    static void list(Catalogue list) {
        changing(list.chapter("readdir"));
    }

    private static void changing(Chapter chapter) {
        chapter.test("what-stays-is-listed-once-while-others-come", site -> {
            mkdir("d");
            Set<String> stay = DirectoryCases.fill("d", 500);
            try (Directory d = Directory.open("d")) {
                List<Entry> all = new ArrayList<>();
                for (int i = 0; i < 100; i++) {
                    all.add(d.next());
                }
                for (int i = 0; i < 300; i++) {
                    touch("d/new-" + i);
                }
                all.addAll(d.rest());
                Set<String> names = Directory.names(all);
                that(names.containsAll(stay), "each that was there is listed");
            }
        });
        chapter.test("what-stays-is-listed-once-while-others-go", site -> {
            mkdir("d");
            Set<String> stay = DirectoryCases.fill("d", 500);
            for (int i = 0; i < 500; i++) {
                touch("d/gone-" + i);
            }
            try (Directory d = Directory.open("d")) {
                List<Entry> all = new ArrayList<>();
                for (int i = 0; i < 100; i++) {
                    all.add(d.next());
                }
                for (int i = 0; i < 500; i++) {
                    unlink("d/gone-" + i);
                }
                all.addAll(d.rest());
                Set<String> names = Directory.names(all);
                that(names.containsAll(stay), "each that stays is listed");
            }
        });
        chapter.test("removing-what-was-just-read-removes-all", site -> {
            mkdir("d");
            DirectoryCases.fill("d", 1000);
            try (Directory d = Directory.open("d")) {
                for (Entry entry = d.next(); entry != null; entry = d.next()) {
                    if (!entry.name().startsWith(".")) {
                        unlink("d/" + entry.name());
                    }
                }
            }
            rmdir("d");
        });
        chapter.test("what-stays-is-listed-under-fire", site -> {
            mkdir("d");
            Set<String> stay = DirectoryCases.fill("d", 200);
            boolean[] stop = new boolean[1];
            Worker changer = site.start(() -> {
                for (int i = 0; !stop[0]; i++) {
                    touch("d/x" + i % 50);
                    rename("d/x" + i % 50, "d/y" + i % 50);
                    unlink("d/y" + i % 50);
                }
            });
            try {
                for (int i = 0; i < 50; i++) {
                    Set<String> seen = new HashSet<>();
                    try (Directory d = Directory.open("d")) {
                        for (Entry entry : d.rest()) {
                            that(
                                    seen.add(entry.name()) || !stay.contains(entry.name()),
                                    "listed once: " + entry.name());
                        }
                    }
                    that(seen.containsAll(stay), "each that stays is listed");
                }
            } finally {
                stop[0] = true;
                changer.finish();
            }
        });
        chapter.test("changes-of-another-process-are-seen-at-once", site -> {
            mkdir("d");
            Peer peer = site.peer();
            for (int i = 0; i < 20; i++) {
                String name = "d/f" + i;
                peer.run(() -> touch(name));
                same(i + 1, Directory.names("d").size(), "names");
            }
        });
        chapter.test("renaming-inside-keeps-the-count", site -> {
            mkdir("d");
            DirectoryCases.fill("d", 100);
            for (int i = 0; i < 100; i++) {
                rename("d/entry-" + i, "d/other-" + i);
                same(100, Directory.names("d").size(), "names");
            }
        });
    }
}
