package org.froggr.fuse.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.froggr.api.Errno;
import org.froggr.spi.tree.MemoryTree;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** READDIR and READDIRPLUS: struct fuse_dirent and fuse_direntplus, offsets, room. */
class ListingTest {
    private static final long ROOT = 1;
    private static final int READDIR = 28;
    private static final int READDIRPLUS = 44;

    private final MemoryTree tree = new MemoryTree();
    private Conversation talk;
    private long handle;

    /** One entry of a reply. */
    private record Entry(String name, long inode, long next, int type, long node) {}

    @BeforeEach
    void begin() throws Exception {
        talk = new Conversation(tree);
        for (int i = 0; i < 100; i++) {
            // Names of all lengths: those of a multiple of 8 have no padding
            String name = "n".repeat(i % 17) + i;
            long[] file = talk.create(name);
            talk.release(file[0], file[1]);
            talk.forget(file[0], 1);
        }
        handle = talk.succeed(16, Message.of(27, ROOT).i32(0, 0)).int64(0);
    }

    @AfterEach
    void end() {
        talk.succeed(0, Message.of(29, ROOT).i64(handle).i32(0, 0).i64(0));
        assertEquals(0, tree.handles());
        talk.close();
        assertEquals(0, tree.lookups());
    }

    private List<Entry> read(int opcode, long offset, int size) {
        ScriptedChannel.Reply reply =
                talk.ask(Message.of(opcode, ROOT).i64(handle, offset).i32(size, 0).i64(0).i32(0, 0));
        assertEquals(0, reply.error());
        assertTrue(reply.size() - 16 <= size);
        List<Entry> entries = new ArrayList<>();
        int plus = opcode == READDIRPLUS ? 128 : 0;
        int at = 0;
        while (at < reply.size() - 16) {
            int length = reply.int32(at + plus + 16);
            String name = new String(reply.data(at + plus + 24, length), StandardCharsets.ISO_8859_1);
            entries.add(new Entry(
                    name,
                    reply.int64(at + plus),
                    reply.int64(at + plus + 8),
                    reply.int32(at + plus + 20),
                    plus == 0 ? 0 : reply.int64(at)));
            int bytes = plus + 24 + length + 7 & ~7;
            for (int i = plus + 24 + length; i < bytes; i++) {
                assertEquals(0, reply.data(at + i, 1)[0], "padding");
            }
            at += bytes;
        }
        assertEquals(reply.size() - 16, at, "entries fill the reply exactly");
        return entries;
    }

    @Test
    void everyNameIsListedOnceInPiecesOfAnySize() {
        for (int opcode : new int[] {READDIR, READDIRPLUS}) {
            for (int size : new int[] {176, 200, 333, 4096, 1 << 20}) {
                Map<String, Entry> all = new TreeMap<>();
                long offset = 0;
                List<Entry> some;
                while (!(some = read(opcode, offset, size)).isEmpty()) {
                    for (Entry entry : some) {
                        assertEquals(null, all.put(entry.name, entry), entry.name);
                        assertNotEquals(0, entry.inode);
                        assertTrue(entry.next > 0);
                    }
                    offset = some.get(some.size() - 1).next;
                }
                assertEquals(102, all.size());
                assertEquals(4, all.get(".").type, "DT_DIR");
                assertEquals(4, all.get("..").type);
                assertEquals(8, all.get("n1").type, "DT_REG");
                assertEquals(0, all.get(".").node);
            }
        }
    }

    @Test
    void goesOnBehindAnyEntry() {
        List<Entry> all = read(READDIR, 0, 1 << 20);
        for (int i = 0; i < all.size(); i++) {
            List<Entry> rest = read(READDIR, all.get(i).next, 1 << 20);
            assertEquals(all.subList(i + 1, all.size()), rest, all.get(i).name);
        }
    }

    @Test
    void attributesAreThoseOfALookup() {
        List<Entry> all = read(READDIRPLUS, 0, 1 << 20);
        assertEquals(100, tree.lookups());
        for (Entry entry : all) {
            if (!entry.name.startsWith(".")) {
                assertEquals(entry.node, talk.lookUp(ROOT, entry.name));
                talk.forget(entry.node, 1);
            }
        }
    }

    @Test
    void parentOfADirectoryIsWhereItWasFoundLast() {
        long child = talk.makeDirectory(ROOT, "d");
        long opened = talk.succeed(16, Message.of(27, child).i32(0, 0)).int64(0);
        ScriptedChannel.Reply reply =
                talk.ask(Message.of(READDIR, child).i64(opened, 0).i32(4096, 0).i64(0).i32(0, 0));
        assertEquals(1, reply.int64(32), "inode of the root");
        talk.succeed(0, Message.of(29, child).i64(opened).i32(0, 0).i64(0));
    }

    @Test
    void roomForNoEntryIsAnErrorNotTheEnd() {
        talk.fail(Errno.EINVAL, Message.of(READDIR, ROOT).i64(handle, 0).i32(31, 0).i64(0).i32(0, 0));
        talk.succeed(0, Message.of(30, ROOT).i64(handle).i32(0, 0));
        talk.fail(Errno.EBADF, Message.of(15, ROOT).i64(handle, 0).i32(10, 0).i64(0).i32(0, 0));
    }

    @Test
    void listingsAreKeptWhereChangesAreTold() {
        assertEquals(0, openFlags(), "a second: nobody tells");
        tree.validity(60_000);
        assertEquals(FuseWire.FOPEN_CACHE_DIR, openFlags(), "the first time");
        assertEquals(FuseWire.FOPEN_CACHE_DIR | FuseWire.FOPEN_KEEP_CACHE, openFlags());
        talk.makeDirectory(ROOT, "new");
        assertEquals(FuseWire.FOPEN_CACHE_DIR, openFlags(), "changed");
    }

    private int openFlags() {
        ScriptedChannel.Reply reply = talk.succeed(16, Message.of(27, ROOT).i32(0, 0));
        talk.succeed(0, Message.of(29, ROOT).i64(reply.int64(0)).i32(0, 0).i64(0));
        return reply.int32(8);
    }
}
