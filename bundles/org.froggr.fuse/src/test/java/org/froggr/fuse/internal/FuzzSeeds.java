package org.froggr.fuse.internal;

import java.util.ArrayList;
import java.util.List;

/** A good message of every kind, to be spoilt. */
final class FuzzSeeds {
    private static final String[] NAMES = {"a", "b", "c", "dir", "longer-name-of-a-file"};

    private FuzzSeeds() {}

    static List<byte[]> messages() {
        List<Message> all = new ArrayList<>();
        for (String name : NAMES) {
            addNames(all, name);
        }
        addFiles(all);
        List<byte[]> bytes = new ArrayList<>();
        all.forEach(message -> bytes.add(message.bytes()));
        return bytes;
    }

    private static void addNames(List<Message> all, String name) {
        all.add(Message.of(1, 1).name(name));
        all.add(Message.of(6, 1).name(name).name("target"));
        all.add(Message.of(8, 1).i32(0100644, 0, 022, 0).name(name));
        all.add(Message.of(9, 1).i32(0755, 022).name(name).group(7));
        all.add(Message.of(10, 1).name(name));
        all.add(Message.of(11, 1).name(name));
        all.add(Message.of(12, 1).i64(1).name(name).name("renamed"));
        all.add(Message.of(45, 1).i64(1).i32(2, 0).name(name).name("a"));
        all.add(Message.of(13, 1).i64(2).name(name));
        all.add(Message.of(35, 1).i32(2, 0100644, 022, 0).name(name));
        all.add(Message.of(35, 1).i32(2, 0100644, 022, 0).name(name));
        all.add(Message.of(21, 1).i32(3, 0, 0, 0).name("user." + name).data(new byte[3]));
        all.add(Message.of(22, 1).i32(100, 0).name("user." + name));
        all.add(Message.of(24, 1).name("user." + name));
    }

    private static void addFiles(List<Message> all) {
        all.add(Message.of(2, 1).i64(1));
        all.add(Message.of(3, 1).i32(1, 0).i64(1));
        all.add(Message.of(3, 1).i32(0, 0).i64(0));
        all.add(Message.of(4, 1).i32(1, 0).i64(0, 100, 0, 0, 0, 0).i32(0, 0, 0, 0644, 0, 0, 0, 0));
        all.add(Message.of(5, 1));
        all.add(Message.of(14, 1).i32(2, 0));
        all.add(Message.of(15, 1).i64(1, 0).i32(100, 0).i64(0).i32(0, 0));
        all.add(Message.of(16, 1).i64(1, 0).i32(10, 0).i64(0).i32(2, 0).data(new byte[10]));
        all.add(Message.of(17, 1));
        all.add(Message.of(18, 1).i64(1).i32(0, 0).i64(0));
        all.add(Message.of(20, 1).i64(1).i32(1, 0));
        all.add(Message.of(23, 1).i32(100, 0));
        all.add(Message.of(25, 1).i64(1).i32(0, 0).i64(5));
        all.add(Message.of(26, 1).i32(7, 45, 131072, -1, -1).i32(new int[11]));
        all.add(Message.of(27, 1).i32(0, 0));
        all.add(Message.of(28, 1).i64(1, 0).i32(4096, 0).i64(0).i32(0, 0));
        all.add(Message.of(44, 1).i64(1, 0).i32(4096, 0).i64(0).i32(0, 0));
        all.add(Message.of(29, 1).i64(1).i32(0, 0).i64(0));
        all.add(Message.of(30, 1).i64(1).i32(0, 0));
        for (int opcode = 31; opcode <= 33; opcode++) {
            all.add(Message.of(opcode, 1).i64(1, 9, 0, 100).i32(1, 42, 0, 0));
            all.add(Message.of(opcode, 1).i64(1, 8, 50, 60).i32(2, 42, 1, 0));
        }
        all.add(Message.of(34, 1).i32(4, 0));
        all.add(Message.of(36, 0).i64(44));
        all.add(Message.of(38, 0));
        all.add(Message.of(39, 1).i64(1).i32(0, 0).i64(0).i32(0, 0));
        all.add(Message.of(42, 0).i32(3, 0).i64(1, 1, 2, 1, 3, 2));
        all.add(Message.of(43, 1).i64(1, 0, 100).i32(0, 0));
        all.add(Message.of(46, 1).i64(1, 0).i32(3, 0));
        all.add(Message.of(47, 1).i64(1, 0, 1, 2, 0, 10, 0));
        all.add(Message.of(53, 1).i64(1, 0, 1, 2, 0, 10, 0));
        all.add(Message.of(50, 1).i64(0));
        all.add(Message.of(51, 1).i32(2, 0100600, 0, 0).name("/"));
        all.add(Message.of(52, 1).i32(0, 0).i64(0).i32(0, 0xfff));
    }
}
