package org.froggr.itests.posix;

import static org.froggr.api.Errno.*;
import static org.froggr.itests.posix.Check.*;
import static org.froggr.itests.posix.Linux.*;
import static org.froggr.itests.posix.Names.*;

import org.froggr.api.Errno;
import org.froggr.itests.posix.Operation.Target;

/** What path_resolution(7) and the ERRORS of every system call on a name have in common. */
final class PathCases {
    private static final String LONG = "n".repeat(NAME_MAX);
    private static final String TOO_LONG = "n".repeat(NAME_MAX + 1);

    private PathCases() {}

    static void list(Catalogue list) {
        for (Operation operation : Operation.ALL) {
            prefix(list.chapter(operation.category()), operation);
            length(list.chapter(operation.category()), operation);
            end(list.chapter(operation.category()), operation);
            permission(list.chapter(operation.category()), operation);
        }
    }

    private static void prefix(Chapter chapter, Operation op) {
        expect(chapter, op, "prefix-absent", "absent/x", ENOENT, () -> {});
        expect(chapter, op, "prefix-is-file", "file/x", ENOTDIR, () -> touch("file"));
        expect(chapter, op, "prefix-loop", "loop/x", ELOOP, () -> symlink("loop", "loop"));
        expect(chapter, op, "prefix-dangling", "dangling/x", ENOENT, () -> symlink("absent", "dangling"));
        works(chapter, op, "through-symlink-to-directory", "there/x", () -> {
            mkdir("d");
            symlink("d", "there");
        });
        works(chapter, op, "through-dot-dot", "d/../d/./x", () -> mkdir("d"));
    }

    private static void length(Chapter chapter, Operation op) {
        if (!op.anyLength()) {
            return;
        }
        works(chapter, op, "name-of-255", LONG, () -> {});
        expect(chapter, op, "name-of-256", TOO_LONG, ENAMETOOLONG, () -> {});
        expect(chapter, op, "prefix-of-256", TOO_LONG + "/x", ENAMETOOLONG, () -> {});
        works(chapter, op, "path-of-4095", "./".repeat(2047) + "x", () -> {});
        expect(chapter, op, "path-of-4096", "./".repeat(2047) + "xy", ENAMETOOLONG, () -> {});
        expect(chapter, op, "empty-name", "", ENOENT, () -> {});
    }

    private static void end(Chapter chapter, Operation op) {
        if (!op.creates()) {
            expect(chapter, op, "absent", "absent", ENOENT, () -> {});
        }
        if (op.follows() && !op.creates()) {
            expect(chapter, op, "final-loop", "loop", ELOOP, () -> symlink("loop", "loop"));
            expect(chapter, op, "final-dangling", "dangling", ENOENT, () -> symlink("absent", "dangling"));
            works(chapter, op, "through-final-symlink", "s", () -> {
                op.prepare("target");
                symlink("target", "s");
            });
        }
        if (op.target() == Target.FILE) {
            expect(chapter, op, "file-with-slash", "file/", ENOTDIR, () -> op.prepare("file"));
        }
        if (op.target() == Target.DIRECTORY) {
            expect(chapter, op, "not-a-directory", "file", ENOTDIR, () -> touch("file"));
        }
    }

    private static void permission(Chapter chapter, Operation op) {
        chapter.test(
                op.label() + "no-search-permission-EACCES",
                site -> site.ordinary(() -> {
                    mkdirs("closed/in");
                    op.prepare("closed/in/x");
                    chmod("closed", 0600);
                    fails(EACCES, () -> op.call().on("closed/in/x"));
                    chmod("closed", 0700);
                    op.call().on("closed/in/x");
                }),
                op.needs());
    }

    private static void expect(
            Chapter chapter, Operation op, String what, String name, Errno error, Action preparation) {
        chapter.test(
                op.label() + what + "-" + error,
                site -> {
                    preparation.run();
                    fails(error, () -> op.call().on(name));
                },
                op.needs());
    }

    /** The operation succeeds on that name. */
    private static void works(Chapter chapter, Operation op, String what, String name, Action preparation) {
        chapter.test(
                op.label() + what,
                site -> {
                    preparation.run();
                    if (!what.equals("through-final-symlink")) {
                        op.prepare(name);
                    }
                    op.call().on(name);
                },
                op.needs());
    }
}
