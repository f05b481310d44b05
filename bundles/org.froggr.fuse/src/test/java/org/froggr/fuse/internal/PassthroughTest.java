package org.froggr.fuse.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Set;
import org.froggr.api.Errno;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which opens go through a backing file: all of a node, or none. */
class PassthroughTest {
    private static final int PASSTHROUGH = 1 << 7;

    private final FixedTree tree = new FixedTree();
    private Conversation talk;
    private long node;

    @BeforeEach
    void begin() throws Exception {
        talk = new Conversation(tree, Conversation.ALL_FLAGS);
        node = talk.lookUp(1, "file");
    }

    private ScriptedChannel.Reply open() {
        return talk.succeed(16, Message.of(14, node).i32(0, 0));
    }

    @Test
    void allOpensOfANodeShareOneBackingFile() {
        tree.descriptor = 7;
        ScriptedChannel.Reply first = open();
        assertEquals(PASSTHROUGH, first.int32(8), "and no KEEP_CACHE, which the kernel refuses with it");
        assertEquals(1, first.int32(12));
        tree.descriptor = -1;
        ScriptedChannel.Reply second = open();
        assertEquals(PASSTHROUGH, second.int32(8), "even if this one has no descriptor");
        assertEquals(1, second.int32(12));
        talk.release(node, first.int64(0));
        assertEquals(Set.of(1), talk.kernel.backings);
        talk.release(node, second.int64(0));
        assertEquals(Set.of(), talk.kernel.backings);
        tree.descriptor = 7;
        assertEquals(2, open().int32(12), "a new one");
    }

    @Test
    void whatIsOpenThroughTheCacheStaysSo() {
        ScriptedChannel.Reply cached = open();
        assertEquals(0, cached.int32(8) & PASSTHROUGH);
        tree.descriptor = 7;
        ScriptedChannel.Reply second = open();
        assertEquals(0, second.int32(8) & PASSTHROUGH);
        talk.release(node, cached.int64(0));
        talk.release(node, second.int64(0));
        assertEquals(PASSTHROUGH, open().int32(8));
    }

    @Test
    void contentsStayCachedWhileTheyAreTheSame() {
        assertEquals(0, open().int32(8));
        assertEquals(FuseWire.FOPEN_KEEP_CACHE, open().int32(8));
        tree.size++;
        assertEquals(0, open().int32(8));
    }

    @Test
    void aKernelThatDoesNotPermitItIsNotAskedAgain() {
        tree.descriptor = 7;
        talk.kernel.refuseBackings(Errno.EPERM);
        talk.release(node, open().int64(0));
        talk.kernel.refuseBackings(null);
        assertEquals(0, open().int32(12));
        assertEquals(0, talk.complaints, "quietly");
    }

    @Test
    void otherErrorsAreAboutOneFile() {
        tree.descriptor = 7;
        talk.kernel.refuseBackings(Errno.ELOOP);
        talk.release(node, open().int64(0));
        talk.kernel.refuseBackings(null);
        assertNotEquals(0, open().int32(12));
    }

    @Test
    void aRefusedReplyCounts() {
        tree.descriptor = 7;
        talk.kernel.refuse(Errno.ENOENT);
        talk.ask(Message.of(14, node).i32(0, 0));
        talk.kernel.refuse(null);
        assertEquals(Set.of(), talk.kernel.backings);
        assertEquals(0, talk.served.handles.count());
    }
}
