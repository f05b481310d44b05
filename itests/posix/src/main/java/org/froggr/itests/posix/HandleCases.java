package org.froggr.itests.posix;

import static org.froggr.api.Errno.*;
import static org.froggr.itests.posix.Check.*;
import static org.froggr.itests.posix.Linux.*;
import static org.froggr.itests.posix.Names.*;

/** File handles, open_by_handle_at(2): what an NFS server names files by. */
final class HandleCases {
    private HandleCases() {}

    static void list(Catalogue list) {
        Chapter chapter = list.chapter("handle");
        test(chapter, "opens-a-file", site -> {
            file("f", "abc");
            same("abc", Fds.rest(FileHandle.of("f").open(O_RDONLY)), "content");
        });
        test(chapter, "opens-a-directory", site -> {
            mkdir("d");
            touch("d/f");
            int dir = FileHandle.of("d").open(O_RDONLY | O_DIRECTORY);
            same(S_IFREG, Stat.at(dir, "f", 0).type(), "type of what is in it");
        });
        test(chapter, "follows-the-file-when-renamed", site -> {
            file("f", "abc");
            FileHandle handle = FileHandle.of("f");
            mkdir("d");
            rename("f", "d/g");
            int fd = handle.open(O_RDWR);
            that(Stat.of(fd).sameFile(Stat.of("d/g")), "it is the same file");
        });
        test(chapter, "is-the-same-for-both-links", site -> {
            touch("f");
            link("f", "g");
            unlink("f");
            that(Stat.of(FileHandle.of("g").open(O_RDONLY)).sameFile(Stat.of("g")), "it is the file");
        });
        test(chapter, "of-an-unlinked-file-ESTALE", site -> {
            touch("f");
            FileHandle handle = FileHandle.of("f");
            unlink("f");
            fails(ESTALE, () -> handle.open(O_RDONLY));
        });
        test(chapter, "of-an-unlinked-open-file", site -> {
            file("f", "abc");
            FileHandle handle = FileHandle.of("f");
            int open = Fds.open("f", O_RDONLY);
            unlink("f");
            same("abc", Fds.rest(handle.open(O_RDONLY)), "content");
            Fds.close(open);
        });
        chapter.test(
                "by-ordinary-user-EPERM",
                site -> site.ordinary(() -> {
                    touch("f");
                    FileHandle handle = FileHandle.of("f");
                    fails(EPERM, () -> handle.open(O_RDONLY));
                }),
                Need.HANDLES);
    }

    private static void test(Chapter chapter, String what, Case.Body body) {
        chapter.test(what, body, Need.ROOT, Need.HANDLES);
    }
}
