package org.froggr.itests.posix;

import static org.froggr.api.Errno.*;
import static org.froggr.itests.posix.Check.*;
import static org.froggr.itests.posix.Linux.*;
import static org.froggr.itests.posix.Names.*;
import static org.froggr.itests.posix.SparseCases.*;

/** copy_file_range(2), sendfile(2), splice(2). */
final class CopyCases {
    private CopyCases() {}

    static void list(Catalogue list) {
        copies(list.chapter("copy"));
        pipes(list.chapter("copy"));
    }

    private static void copies(Chapter chapter) {
        chapter.test("copy_file_range", site -> {
            int in = letters();
            int out = Fds.open("g", O_RDWR | O_CREAT, 0644);
            Fds.seek(in, 0, SEEK_SET);
            long done = 0;
            while (done < 4L * BLOCK) {
                long count = Sys.copy_file_range(in, null, out, null, 4L * BLOCK - done, 0);
                done += Call.check(count, "copy_file_range");
                that(count > 0, "it goes on");
            }
            same(content("f"), content("g"), "content");
            same(0, Sys.copy_file_range(in, null, out, null, 10, 0), "at the end of the file");
        });
        chapter.test("copy_file_range-at-offsets", site -> {
            int in = letters();
            int out = Fds.open("g", O_RDWR | O_CREAT, 0644);
            long[] from = {BLOCK - 5};
            long[] to = {100};
            same(10, Call.check(Sys.copy_file_range(in, from, out, to, 10, 0), "copy_file_range"), "copied");
            same("\0".repeat(100) + "aaaaabbbbb", content("g"), "content");
            same(BLOCK + 5, from[0], "offset to read from");
            same(110, to[0], "offset to write to");
        });
        chapter.test("copy_file_range-inside-one-file", site -> {
            int fd = letters();
            long[] from = {0};
            long[] to = {2L * BLOCK};
            same(BLOCK, Call.check(Sys.copy_file_range(fd, from, fd, to, BLOCK, 0), "copy_file_range"), "copied");
            same(letter(0) + letter(1) + letter(0) + letter(3), content("f"), "content");
        });
        chapter.test("copy_file_range-overlapping-EINVAL", site -> {
            int fd = letters();
            fails(EINVAL, () -> Call.check(
                    Sys.copy_file_range(fd, new long[] {0}, fd, new long[] {10}, 100, 0), "copy_file_range"));
        });
        chapter.test("copy_file_range-to-append-EBADF", site -> {
            int in = letters();
            int out = Fds.open("g", O_WRONLY | O_CREAT | O_APPEND, 0644);
            fails(EBADF, () -> Call.check(
                    Sys.copy_file_range(in, new long[] {0}, out, null, 10, 0), "copy_file_range"));
        });
        chapter.test("copy_file_range-of-a-directory-EISDIR", site -> {
            mkdir("d");
            int in = Fds.open("d", O_RDONLY);
            int out = Fds.open("g", O_WRONLY | O_CREAT, 0644);
            fails(EISDIR, () -> Call.check(Sys.copy_file_range(in, null, out, null, 10, 0), "copy_file_range"));
        });
        chapter.test("copy_file_range-moves-mtime", site -> {
            int in = letters();
            int out = Fds.open("g", O_RDWR | O_CREAT, 0644);
            utimens("g", Clock.OLD, Clock.OLD);
            Call.check(Sys.copy_file_range(in, new long[] {0}, out, null, 10, 0), "copy_file_range");
            that(Stat.of("g").modified() > Clock.OLD, "mtime moves");
        });
    }

    private static void pipes(Chapter chapter) {
        chapter.test("sendfile-between-files", site -> {
            int in = letters();
            int out = Fds.open("g", O_RDWR | O_CREAT, 0644);
            long[] offset = {0};
            while (offset[0] < 4L * BLOCK) {
                that(Call.check(Sys.sendfile(out, in, offset, 4L * BLOCK), "sendfile") > 0, "it goes on");
            }
            same(content("f"), content("g"), "content");
        });
        chapter.test("splice-through-a-pipe", site -> {
            int in = letters();
            int out = Fds.open("g", O_RDWR | O_CREAT, 0644);
            int[] pipe = Fds.pipe();
            long[] offset = {0};
            while (offset[0] < 4L * BLOCK) {
                long count = Call.check(Sys.splice(in, offset, pipe[1], null, BLOCK / 2, 0), "splice from the file");
                while (count > 0) {
                    count -= Call.check(Sys.splice(pipe[0], null, out, null, count, 0), "splice into the file");
                }
            }
            same(content("f"), content("g"), "content");
        });
        chapter.test("spliced-out-is-what-was-written", site -> {
            int fd = Fds.open("f", O_RDWR | O_CREAT, 0644);
            int[] pipe = Fds.pipe();
            for (int i = 0; i < 20; i++) {
                String text = "line " + i;
                Fds.ftruncate(fd, 0);
                Fds.pwrite(fd, text, 0);
                Call.check(Sys.splice(fd, new long[] {0}, pipe[1], null, 100, 0), "splice");
                same(text, Fds.text(Fds.read(pipe[0], 100)), "what came");
            }
        });
        chapter.test("splice-to-append-EINVAL", site -> {
            int[] pipe = Fds.pipe();
            Fds.write(pipe[1], "abc");
            int out = Fds.open("g", O_WRONLY | O_CREAT | O_APPEND, 0644);
            fails(EINVAL, () -> Call.check(Sys.splice(pipe[0], null, out, null, 3, 0), "splice"));
        });
    }
}
