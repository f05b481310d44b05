package org.froggr.fuse.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Instant;
import java.time.InstantSource;
import org.froggr.api.Errno;
import org.froggr.spi.tree.MemoryTree;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Every operation, byte for byte: sizes and offsets as linux/fuse.h of 7.45 has them, in numbers. Whoever
 * releases and forgets all leaves nothing behind.
 */
class WireFormatTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000L, 123_456_789);
    private static final long ROOT = 1;

    private MemoryTree tree;
    private Conversation talk;

    @BeforeEach
    void begin() throws Exception {
        tree = new MemoryTree(InstantSource.fixed(NOW), 0x77);
        talk = new Conversation(tree);
    }

    @AfterEach
    void end() {
        talk.close();
        assertEquals(0, talk.complaints);
        assertEquals(0, tree.handles(), "handles");
        assertEquals(0, tree.lookups(), "look-ups");
    }

    @Test
    void lookupAnswersFuseEntryOut() {
        long[] file = talk.create("a");
        ScriptedChannel.Reply entry = talk.succeed(128, Message.of(1, ROOT).name("a"));
        assertEquals(file[0], entry.int64(0), "nodeid");
        assertEquals(1, entry.int64(16), "entry_valid: a second");
        assertEquals(1, entry.int64(24), "attr_valid");
        assertEquals(0, entry.int32(32), "entry_valid_nsec");
        assertNotEquals(0, entry.int64(40), "ino");
        assertEquals(NOW.getEpochSecond(), entry.int64(40 + 32), "mtime");
        assertEquals(NOW.getNano(), entry.int32(40 + 52), "mtimensec");
        assertEquals(0100644, entry.int32(40 + 60), "mode");
        assertEquals(1, entry.int32(40 + 64), "nlink");
        assertEquals(1000, entry.int32(40 + 68), "uid");
        assertEquals(100, entry.int32(40 + 72), "gid");
    }

    @Test
    void missingNamesAreRemembered() {
        tree.validity(1500);
        ScriptedChannel.Reply entry = talk.succeed(128, Message.of(1, ROOT).name("missing"));
        assertEquals(0, entry.int64(0), "nodeid 0: no such name");
        assertEquals(1, entry.int64(16), "entry_valid");
        assertEquals(0, entry.int64(24), "attr_valid");
    }

    @Test
    void validitiesAreSecondsAndNanoseconds() {
        talk.create("a");
        tree.validity(2750);
        ScriptedChannel.Reply entry = talk.succeed(128, Message.of(1, ROOT).name("a"));
        assertEquals(2, entry.int64(24));
        assertEquals(750_000_000, entry.int32(36), "attr_valid_nsec");
        ScriptedChannel.Reply attributes = talk.succeed(104, Message.of(3, ROOT).i32(0, 0).i64(0));
        assertEquals(2, attributes.int64(0));
        assertEquals(750_000_000, attributes.int32(8));
    }

    @Test
    void forgetHasNoReply() {
        talk.create("a");
        long node = talk.lookUp(ROOT, "a");
        assertNull(talk.ask(Message.of(2, node).i64(1)));
        assertEquals(1, tree.lookups());
        assertNull(talk.ask(Message.of(42, 0).i32(2, 0).i64(node, 1, 99, 5)));
        assertEquals(0, tree.lookups());
        talk.fail(Errno.ESTALE, Message.of(3, node).i32(0, 0).i64(0));
    }

    @Test
    void getattrAnswersFuseAttrOut() {
        long[] file = talk.create("a");
        ScriptedChannel.Reply byNode = talk.succeed(104, Message.of(3, file[0]).i32(0, 0).i64(0));
        assertEquals(0100644, byNode.int32(16 + 60));
        ScriptedChannel.Reply byHandle = talk.succeed(104, Message.of(3, file[0]).i32(1, 0).i64(file[1]));
        assertEquals(0100644, byHandle.int32(16 + 60));
        talk.fail(Errno.EBADF, Message.of(3, file[0]).i32(1, 0).i64(file[1] + 1));
    }

    @Test
    void statxAnswersFuseStatxOut() {
        long[] file = talk.create("a");
        ScriptedChannel.Reply reply =
                talk.succeed(288, Message.of(52, file[0]).i32(0, 0).i64(0).i32(0, 0xfff));
        assertEquals(1, reply.int64(0), "attr_valid");
        assertEquals(0xfff, reply.int32(32), "mask: basic and birth");
        assertEquals(1, reply.int32(32 + 16), "nlink");
        assertEquals(1000, reply.int32(32 + 20), "uid");
        assertEquals(0100644, reply.int16(32 + 28), "mode");
        assertEquals(NOW.getEpochSecond(), reply.int64(32 + 80), "btime");
        assertEquals(NOW.getNano(), reply.int32(32 + 80 + 8));
        assertEquals(NOW.getEpochSecond(), reply.int64(32 + 112), "mtime");
    }

    @Test
    void setattrChangesWhatIsSaid() {
        long[] file = talk.create("a");
        int mode = 1;
        int size = 8;
        int modified = 32;
        ScriptedChannel.Reply reply = talk.succeed(
                104,
                Message.of(4, file[0])
                        .i32(mode | size | modified, 0)
                        .i64(0, 12345, 0, 0, 1_600_000_000L, 0)
                        .i32(0, 42, 0, 0100600, 0, 7, 8, 0));
        assertEquals(12345, reply.int64(16 + 8), "size");
        assertEquals(0100600, reply.int32(16 + 60), "mode");
        assertEquals(1_600_000_000L, reply.int64(16 + 32), "mtime");
        assertEquals(42, reply.int32(16 + 52), "mtimensec");
        assertEquals(1000, reply.int32(16 + 68), "uid is as it was");
        int handle = 64;
        talk.succeed(
                104,
                Message.of(4, file[0]).i32(size | handle, 0).i64(file[1], 5, 0, 0, 0, 0).i32(0, 0, 0, 0, 0, 0, 0, 0));
        assertEquals(5, talk.ask(Message.of(3, file[0]).i32(0, 0).i64(0)).int64(16 + 8));
    }

    @Test
    void symlinksAreMadeAndRead() {
        long node = talk.succeed(128, Message.of(6, ROOT).name("s").name("/else/where")).int64(0);
        assertEquals("/else/where", talk.succeed(11, Message.of(5, node)).text());
        talk.fail(Errno.EINVAL, Message.of(5, ROOT));
    }

    @Test
    void nodesAndDirectoriesAreMade() {
        ScriptedChannel.Reply fifo = talk.succeed(128, Message.of(8, ROOT).i32(0010666, 0, 027, 0).name("f"));
        assertEquals(0010640, fifo.int32(40 + 60));
        ScriptedChannel.Reply device =
                talk.succeed(128, Message.of(8, ROOT).i32(0020600, 0x12345, 0, 0).name("c"));
        assertEquals(0x12345, device.int32(40 + 76), "rdev");
        ScriptedChannel.Reply directory = talk.succeed(128, Message.of(9, ROOT).i32(0777, 022).name("d"));
        assertEquals(0040755, directory.int32(40 + 60));
        talk.fail(Errno.EEXIST, Message.of(9, ROOT).i32(0777, 022).name("d"));
    }

    @Test
    void namesAreRemovedLinkedAndRenamed() {
        long[] file = talk.create("a");
        ScriptedChannel.Reply link = talk.succeed(128, Message.of(13, ROOT).i64(file[0]).name("b"));
        assertEquals(file[0], link.int64(0), "the same node");
        assertEquals(2, link.int32(40 + 64), "nlink");
        long directory = talk.makeDirectory(ROOT, "d");
        talk.succeed(0, Message.of(12, ROOT).i64(directory).name("a").name("c"));
        talk.fail(Errno.EEXIST, Message.of(45, ROOT).i64(directory).i32(1, 0).name("b").name("c"));
        talk.succeed(0, Message.of(45, ROOT).i64(directory).i32(2, 0).name("b").name("c"));
        talk.fail(Errno.ENOTEMPTY, Message.of(11, ROOT).name("d"));
        talk.succeed(0, Message.of(10, directory).name("c"));
        talk.succeed(0, Message.of(11, ROOT).name("d"));
        talk.fail(Errno.ENOENT, Message.of(10, ROOT).name("a"));
    }

    @Test
    void filesAreOpenedReadWrittenAndReleased() {
        long[] created = talk.create("a");
        ScriptedChannel.Reply opened = talk.succeed(16, Message.of(14, created[0]).i32(2, 0));
        long handle = opened.int64(0);
        assertNotEquals(created[1], handle);
        byte[] data = {1, 2, 3, 4, 5};
        ScriptedChannel.Reply written = talk.succeed(
                8, Message.of(16, created[0]).i64(handle, 3).i32(5, 0).i64(0).i32(2, 0).data(data));
        assertEquals(5, written.int32(0));
        ScriptedChannel.Reply read =
                talk.succeed(8, Message.of(15, created[0]).i64(handle, 0).i32(4096, 0).i64(0).i32(0, 0));
        assertArrayEquals(new byte[] {0, 0, 0, 1, 2, 3, 4, 5}, read.data(0, 8));
        talk.succeed(0, Message.of(15, created[0]).i64(handle, 8).i32(4096, 0).i64(0).i32(0, 0));
        talk.succeed(0, Message.of(25, created[0]).i64(handle).i32(0, 0).i64(7));
        talk.succeed(0, Message.of(20, created[0]).i64(handle).i32(1, 0));
        talk.release(created[0], handle);
        talk.fail(Errno.EBADF, Message.of(15, created[0]).i64(handle, 0).i32(4096, 0).i64(0).i32(0, 0));
        talk.release(created[0], created[1]);
        assertEquals(5, talk.served.bytesWritten.sum());
        assertEquals(8, talk.served.bytesRead.sum());
    }

    @Test
    void largestReadsAndWritesPass() {
        long[] file = talk.create("a");
        byte[] data = new byte[1 << 20];
        data[0] = 1;
        data[data.length - 1] = 2;
        talk.succeed(8, Message.of(16, file[0]).i64(file[1], 0).i32(data.length, 0).i64(0).i32(2, 0).data(data));
        ScriptedChannel.Reply read = talk.succeed(
                data.length, Message.of(15, file[0]).i64(file[1], 0).i32(data.length, 0).i64(0).i32(0, 0));
        assertArrayEquals(data, read.data(0, data.length));
    }

    @Test
    void writesThatSayMoreThanTheyHaveAreRefused() {
        long[] file = talk.create("a");
        talk.fail(
                Errno.EINVAL,
                Message.of(16, file[0]).i64(file[1], 0).i32(100, 0).i64(0).i32(2, 0).data(new byte[99]));
        talk.fail(Errno.EINVAL, Message.of(15, file[0]).i64(file[1], 0).i32(-1, 0).i64(0).i32(0, 0));
        talk.fail(Errno.EINVAL, Message.of(15, file[0]).i64(file[1], -1).i32(1, 0).i64(0).i32(0, 0));
    }

    @Test
    void unnamedFilesAreMade() {
        ScriptedChannel.Reply reply = talk.succeed(144, Message.of(51, ROOT).i32(2, 0100600, 0, 0).name("/"));
        assertNotEquals(0, reply.int64(0));
        assertNotEquals(0, reply.int64(128));
        talk.succeed(128, Message.of(13, ROOT).i64(reply.int64(0)).name("now"));
    }

    @Test
    void spaceIsFuseKstatfs() {
        ScriptedChannel.Reply reply = talk.succeed(80, Message.of(17, ROOT));
        assertEquals(1 << 20, reply.int64(0), "blocks");
        assertEquals(255, reply.int32(44), "namelen");
        assertEquals(4096, reply.int32(48), "frsize");
    }

    @Test
    void extendedAttributes() {
        byte[] value = "value".getBytes();
        talk.succeed(0, Message.of(21, ROOT).i32(5, 0, 0, 0).name("user.a").data(value));
        assertEquals(5, talk.succeed(8, Message.of(22, ROOT).i32(0, 0).name("user.a")).int32(0));
        assertEquals("value", talk.succeed(5, Message.of(22, ROOT).i32(5, 0).name("user.a")).text());
        talk.fail(Errno.ERANGE, Message.of(22, ROOT).i32(4, 0).name("user.a"));
        talk.fail(Errno.ENODATA, Message.of(22, ROOT).i32(4, 0).name("user.b"));
        talk.fail(Errno.EEXIST, Message.of(21, ROOT).i32(1, 1, 0, 0).name("user.a").data(new byte[1]));
        assertEquals(7, talk.succeed(8, Message.of(23, ROOT).i32(0, 0)).int32(0));
        assertEquals("user.a\0", talk.succeed(7, Message.of(23, ROOT).i32(100, 0)).text());
        talk.succeed(0, Message.of(24, ROOT).name("user.a"));
        talk.fail(Errno.ENODATA, Message.of(24, ROOT).name("user.a"));
    }

    @Test
    void aTreeWithoutAclsHasNoneForAnyFile() throws Exception {
        try (Conversation other = new Conversation(new Asked())) {
            other.fail(Errno.ENODATA, Message.of(22, ROOT).i32(100, 0).name("system.posix_acl_access"));
            other.fail(Errno.ENODATA, Message.of(22, ROOT).i32(100, 0).name("system.posix_acl_default"));
            other.fail(Errno.EOPNOTSUPP, Message.of(22, ROOT).i32(100, 0).name("user.a"));
        }
    }

    @Test
    void extendedAttributesWithoutTheExtension() throws Exception {
        try (Conversation old = new Conversation(tree, 0)) {
            old.succeed(0, Message.of(21, ROOT).i32(1, 0).name("user.a").data(new byte[] {'x'}));
            assertEquals("x", old.succeed(1, Message.of(22, ROOT).i32(1, 0).name("user.a")).text());
        }
    }

    @Test
    void sparseFiles() {
        long[] file = talk.create("a");
        talk.succeed(8, Message.of(16, file[0]).i64(file[1], 0).i32(4, 0).i64(0).i32(2, 0).data(new byte[4]));
        ScriptedChannel.Reply hole = talk.succeed(8, Message.of(46, file[0]).i64(file[1], 1).i32(4, 0));
        assertEquals(4, hole.int64(0));
        talk.fail(Errno.ENXIO, Message.of(46, file[0]).i64(file[1], 4).i32(3, 0));
        talk.fail(Errno.EINVAL, Message.of(46, file[0]).i64(file[1], 0).i32(0, 0));
        talk.succeed(0, Message.of(43, file[0]).i64(file[1], 0, 100).i32(0, 0));
        assertEquals(100, talk.ask(Message.of(3, file[0]).i32(0, 0).i64(0)).int64(16 + 8));
    }

    @Test
    void rangesAreCopiedOrLeftToTheKernel() {
        long[] from = talk.create("a");
        long[] to = talk.create("b");
        talk.succeed(8, Message.of(16, from[0]).i64(from[1], 0).i32(4, 0).i64(0).i32(2, 0).data(new byte[4]));
        for (int opcode : new int[] {47, 53}) {
            ScriptedChannel.Reply reply =
                    talk.ask(Message.of(opcode, from[0]).i64(from[1], 1, to[0], to[1], 0, 100, 0));
            if (reply.error() == 0) {
                assertEquals(24, reply.size());
                assertEquals(3, reply.int64(0));
            } else {
                assertEquals(-Errno.EOPNOTSUPP.number(), reply.error());
            }
        }
    }

    @Test
    void whatIsNotPerformedIsRefusedAsTheTableSays() {
        talk.fail(Errno.ENOSYS, Message.of(34, ROOT).i32(4, 0));
        talk.fail(Errno.ENOSYS, Message.of(37, ROOT).i64(0).i32(0, 0));
        talk.fail(Errno.ENOTTY, Message.of(39, ROOT).i64(0).i32(0, 0).i64(0).i32(0, 0));
        talk.fail(Errno.ENOSYS, Message.of(40, ROOT).i64(0, 0).i32(0, 0));
        talk.fail(Errno.EOPNOTSUPP, Message.of(48, ROOT));
        talk.fail(Errno.ENOSYS, Message.of(7, ROOT));
        talk.fail(Errno.ENOSYS, Message.of(1 << 30, ROOT));
        talk.succeed(0, Message.of(50, ROOT).i64(0));
        talk.succeed(0, Message.of(38, ROOT));
        assertNull(talk.ask(Message.of(41, ROOT)));
    }

    @Test
    void shortRequestsAreRefused() {
        for (FuseOpcode opcode : FuseOpcode.values()) {
            if (opcode.leastArguments() > 0 && opcode.answered()) {
                talk.fail(Errno.EINVAL, Message.of(opcode.number(), ROOT).data(new byte[opcode.leastArguments() - 1]));
            }
        }
    }

    @Test
    void badNamesAreRefused() {
        for (String name : new String[] {"", ".", "..", "a/b", "/"}) {
            talk.fail(Errno.EINVAL, Message.of(1, ROOT).name(name).data(new byte[2]));
        }
        talk.fail(Errno.EINVAL, Message.of(1, ROOT).data(new byte[] {'a', 'b'}));
    }

    @Test
    void repliesEchoTheUniqueNumberOfResentRequests() {
        long unique = 1L << 63 | 44;
        assertEquals(unique, talk.ask(Message.of(17, ROOT, unique)).unique());
    }

    @Test
    void whoAsksIsKnownWithGroupAndUmask() throws Exception {
        Asked asked = new Asked();
        try (Conversation other = new Conversation(asked)) {
            other.fail(Errno.EROFS, Message.of(9, ROOT).i32(0777, 027).name("d").group(5555));
            assertEquals("1000 100 4242 27 5555 d", asked.last);
            other.fail(Errno.EROFS, Message.of(9, ROOT).i32(0777, 02).name("e"));
            assertEquals("1000 100 4242 2 -1 e", asked.last);
        }
    }

    @Test
    void errorsOfTheTreeReachTheProgram() {
        tree.fail(Errno.ENOSPC);
        talk.fail(Errno.ENOSPC, Message.of(3, ROOT).i32(0, 0).i64(0));
        tree.fail(Errno.ENOSYS);
        talk.fail(Errno.EOPNOTSUPP, Message.of(3, ROOT).i32(0, 0).i64(0));
        tree.fail(null);
    }

    @Test
    void refusedRepliesAreTakenBack() {
        long[] file = talk.create("a");
        talk.release(file[0], file[1]);
        talk.forget(file[0], 1);
        long directory = talk.makeDirectory(ROOT, "d");
        long handle = talk.succeed(16, Message.of(27, ROOT).i32(0, 0)).int64(0);
        long lookups = tree.lookups();
        long handles = tree.handles();
        talk.kernel.refuse(Errno.ENOENT);
        assertNull(talk.ask(Message.of(1, ROOT).name("a")));
        assertNull(talk.ask(Message.of(35, ROOT).i32(2, 0100644, 022, 0).name("b")));
        assertNull(talk.ask(Message.of(14, ROOT).i32(0, 0)));
        assertNull(talk.ask(Message.of(27, ROOT).i32(0, 0)));
        assertNull(talk.ask(Message.of(44, ROOT).i64(handle, 0).i32(4096, 0).i64(0).i32(0, 0)));
        assertNull(talk.ask(Message.of(9, directory).i32(0777, 0).name("e")));
        talk.kernel.refuse(null);
        assertEquals(lookups, tree.lookups());
        assertEquals(handles, tree.handles());
    }
}
