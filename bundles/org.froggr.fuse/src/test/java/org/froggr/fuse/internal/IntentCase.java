package org.froggr.fuse.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.froggr.api.Errno;
import org.froggr.linux.Fd;
import org.froggr.spi.tree.AttributeChanges;

/** An operation that must not be done twice: what it finds, how it is asked for, and what it must come to. */
enum IntentCase {
    MKDIR("", "made/", 0) {
        @Override
        Message message(Conversation talk) {
            return again(9, 1).i32(0755, 022).name("made");
        }
    },
    MKDIR_OF_WHAT_IS_THERE("made/", "made/", Errno.EEXIST.number()) {
        @Override
        Message message(Conversation talk) {
            return MKDIR.message(talk);
        }
    },
    MKNOD("", "made", 0) {
        @Override
        Message message(Conversation talk) {
            return again(8, 1).i32(0010644, 0, 022, 0).name("made");
        }
    },
    MKNOD_OF_WHAT_IS_THERE("made", "made", Errno.EEXIST.number()) {
        @Override
        Message message(Conversation talk) {
            return again(8, 1).i32(0100644, 0, 022, 0).name("made");
        }
    },
    SYMLINK("", "made>target", 0) {
        @Override
        Message message(Conversation talk) {
            return again(6, 1).name("made").name("target");
        }
    },
    SYMLINK_OF_WHAT_IS_THERE("made>target", "made>target", Errno.EEXIST.number()) {
        @Override
        Message message(Conversation talk) {
            return SYMLINK.message(talk);
        }
    },
    LINK("file", "file made", 0) {
        @Override
        Message message(Conversation talk) {
            return again(13, 1).i64(talk.lookUp(1, "file")).name("made");
        }
    },
    LINK_OF_WHAT_IS_THERE("file made", "file made", Errno.EEXIST.number()) {
        @Override
        Message message(Conversation talk) {
            return LINK.message(talk);
        }
    },
    UNLINK("file other", "other", 0) {
        @Override
        Message message(Conversation talk) {
            return again(10, 1).name("file");
        }
    },
    UNLINK_OF_NOTHING("other", "other", Errno.ENOENT.number()) {
        @Override
        Message message(Conversation talk) {
            return UNLINK.message(talk);
        }
    },
    RMDIR("empty/ other", "other", 0) {
        @Override
        Message message(Conversation talk) {
            return again(11, 1).name("empty");
        }
    },
    RMDIR_OF_NOTHING("other", "other", Errno.ENOENT.number()) {
        @Override
        Message message(Conversation talk) {
            return RMDIR.message(talk);
        }
    },
    RMDIR_OF_WHAT_IS_NOT_EMPTY("empty/ empty/in", "empty/", Errno.ENOTEMPTY.number()) {
        @Override
        Message message(Conversation talk) {
            return RMDIR.message(talk);
        }
    },
    RENAME("file=1", "made=1", 0) {
        @Override
        Message message(Conversation talk) {
            return again(12, 1).i64(1).name("file").name("made");
        }
    },
    RENAME_OVER("file=1 made=2", "made=1", 0) {
        @Override
        Message message(Conversation talk) {
            return RENAME.message(talk);
        }
    },
    RENAME_OF_NOTHING("made=2", "made=2", Errno.ENOENT.number()) {
        @Override
        Message message(Conversation talk) {
            return RENAME.message(talk);
        }
    },
    RENAME_TO_ANOTHER_DIRECTORY("file=1 sub/", "sub/", 0) {
        @Override
        Message message(Conversation talk) {
            return again(12, 1).i64(talk.lookUp(1, "sub")).name("file").name("made");
        }
    },
    RENAME_NOREPLACE("file=1", "made=1", 0) {
        @Override
        Message message(Conversation talk) {
            return again(45, 1).i64(1).i32(1, 0).name("file").name("made");
        }
    },
    RENAME_NOREPLACE_OF_WHAT_IS_THERE("file=1 made=2", "file=1 made=2", Errno.EEXIST.number()) {
        @Override
        Message message(Conversation talk) {
            return RENAME_NOREPLACE.message(talk);
        }
    },
    RENAME_EXCHANGE("file=1 made=2", "file=2 made=1", 0) {
        @Override
        Message message(Conversation talk) {
            return again(45, 1).i64(1).i32(2, 0).name("file").name("made");
        }
    },
    RENAME_EXCHANGE_WITH_NOTHING("file=1", "file=1", Errno.ENOENT.number()) {
        @Override
        Message message(Conversation talk) {
            return RENAME_EXCHANGE.message(talk);
        }
    },
    CREATE_EXCLUSIVELY("", "made=", 0) {
        @Override
        Message message(Conversation talk) {
            return again(35, 1).i32(Fd.O_RDWR | Fd.O_EXCL | Fd.O_CREAT, 0100444, 022, 0).name("made");
        }
    },
    CREATE_EXCLUSIVELY_WHAT_IS_THERE("made=", "made=", Errno.EEXIST.number()) {
        @Override
        Message message(Conversation talk) {
            return CREATE_EXCLUSIVELY.message(talk);
        }
    },
    CREATE_WHAT_ONLY_THIS_OPEN_MAY_WRITE("", "made=", 0) {
        @Override
        Message message(Conversation talk) {
            return again(35, 1).i32(Fd.O_WRONLY | Fd.O_TRUNC | Fd.O_CREAT, 0100444, 022, 0).name("made");
        }
    },
    APPEND("file=abc", "file=abcdef", 0) {
        @Override
        Message message(Conversation talk) {
            long node = talk.lookUp(1, "file");
            int flags = Fd.O_WRONLY | Fd.O_APPEND;
            long handle = talk.succeed(16, Message.of(14, node).i32(flags, 0)).int64(0);
            return again(16, node)
                    .i64(handle, 3)
                    .i32(3, 0)
                    .i64(0)
                    .i32(flags, 0)
                    .data("def".getBytes(StandardCharsets.ISO_8859_1));
        }
    },
    WRITE("file=abc", "file=xbc", 0) {
        @Override
        Message message(Conversation talk) {
            long node = talk.lookUp(1, "file");
            long handle =
                    talk.succeed(16, Message.of(14, node).i32(Fd.O_WRONLY, 0)).int64(0);
            return again(16, node)
                    .i64(handle, 0)
                    .i32(1, 0)
                    .i64(0)
                    .i32(Fd.O_WRONLY, 0)
                    .data("x".getBytes(StandardCharsets.ISO_8859_1));
        }
    },
    TRUNCATE("file=abc", "file=a", 0) {
        @Override
        Message message(Conversation talk) {
            return again(4, talk.lookUp(1, "file"))
                    .i32(AttributeChanges.SIZE, 0)
                    .i64(0, 1, 0, 0, 0, 0)
                    .i32(0, 0, 0, 0, 0, 0, 0, 0);
        }
    },
    OPEN_AND_TRUNCATE("file=abc", "file=", 0) {
        @Override
        Message message(Conversation talk) {
            return again(14, talk.lookUp(1, "file")).i32(Fd.O_WRONLY | Fd.O_TRUNC, 0);
        }
    },
    SETXATTR("file+value", "file+other", 0) {
        @Override
        Message message(Conversation talk) {
            return again(21, talk.lookUp(1, "file"))
                    .i32(5, 0, 0, 0)
                    .name("user.made")
                    .data("other".getBytes(StandardCharsets.ISO_8859_1));
        }
    },
    SETXATTR_CREATE("file", "file+value", 0) {
        @Override
        Message message(Conversation talk) {
            return again(21, talk.lookUp(1, "file"))
                    .i32(5, 1, 0, 0)
                    .name("user.made")
                    .data("value".getBytes(StandardCharsets.ISO_8859_1));
        }
    },
    SETXATTR_CREATE_OF_WHAT_IS_THERE("file+value", "file+value", Errno.EEXIST.number()) {
        @Override
        Message message(Conversation talk) {
            return SETXATTR_CREATE.message(talk);
        }
    },
    REMOVEXATTR("file+value", "file-", 0) {
        @Override
        Message message(Conversation talk) {
            return again(24, talk.lookUp(1, "file")).name("user.made");
        }
    },
    REMOVEXATTR_OF_NOTHING("file", "file-", Errno.ENODATA.number()) {
        @Override
        Message message(Conversation talk) {
            return REMOVEXATTR.message(talk);
        }
    };

    private static final String XATTR = "made";

    final int error;
    private final String before;
    private final String after;

    /**
     * @param before what is there: names, with {@code /} of a directory, {@code =} and contents, {@code >} and the
     *     target of a symbolic link, {@code +} and the value of an attribute, or {@code -} without it
     * @param after what is there then, likewise
     */
    IntentCase(String before, String after, int error) {
        this.before = before;
        this.after = after;
        this.error = error;
    }

    abstract Message message(Conversation talk);

    /** Whose number is the one in question, and who is root: the requester may do all. */
    private static Message again(int opcode, long node) {
        return Message.of(opcode, node, IntentScene.UNIQUE);
    }

    void prepare(Path directory) throws IOException {
        for (String each : before.split(" ")) {
            if (each.endsWith("/")) {
                Files.createDirectory(directory.resolve(each));
            } else if (each.contains(">")) {
                Files.createSymbolicLink(directory.resolve(each.split(">")[0]), Path.of(each.split(">")[1]));
            } else if (!each.isEmpty()) {
                prepareFile(directory, each);
            }
        }
    }

    private static void prepareFile(Path directory, String described) throws IOException {
        String[] parts = described.split("[=+]");
        Path file = directory.resolve(parts[0]);
        boolean isAttribute = described.contains("+");
        Files.writeString(file, parts.length > 1 && !isAttribute ? parts[1] : "");
        if (isAttribute) {
            attributes(file).write("made", ByteBuffer.wrap(parts[1].getBytes(StandardCharsets.ISO_8859_1)));
        }
    }

    private static UserDefinedFileAttributeView attributes(Path file) {
        return Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
    }

    /** What is there, in the terms of what is expected. */
    String found(IntentScene scene) throws IOException {
        StringBuilder found = new StringBuilder();
        for (String name : scene.names()) {
            found.append(found.isEmpty() ? "" : " ").append(name).append(describe(scene.directory.resolve(name), name));
        }
        return found.toString();
    }

    String expected() {
        return after;
    }

    private String describe(Path path, String name) throws IOException {
        if (Files.isSymbolicLink(path)) {
            return ">" + Files.readSymbolicLink(path);
        }
        if (Files.isDirectory(path)) {
            return "/";
        }
        if (after.contains(name + "=")) {
            return "=" + Files.readString(path);
        }
        if (after.contains(name + "+") || after.contains(name + "-")) {
            boolean isThere = attributes(path).list().contains(XATTR);
            return isThere ? "+" + value(path) : "-";
        }
        return "";
    }

    private static String value(Path path) throws IOException {
        ByteBuffer value = ByteBuffer.allocate(100);
        int length = attributes(path).read(XATTR, value);
        return new String(value.array(), 0, length, StandardCharsets.ISO_8859_1);
    }
}
