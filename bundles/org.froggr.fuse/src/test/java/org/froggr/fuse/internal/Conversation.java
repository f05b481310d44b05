package org.froggr.fuse.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.spi.tree.FileTree;

/** A tree being served to a scripted kernel, by the calling thread. */
final class Conversation implements AutoCloseable {
    static final long ALL_FLAGS = -1L;

    final ScriptedChannel kernel = new ScriptedChannel();
    final Served served;
    final Crew crew = new Crew();
    final Interrupts interrupts = new Interrupts(crew);
    final Dispatcher dispatcher;
    final Request request;
    int complaints;

    Conversation(FileTree tree) throws ErrnoException {
        this(tree, ALL_FLAGS & ~FuseWire.PASSTHROUGH);
    }

    Conversation(FileTree tree, long flags) throws ErrnoException {
        this(tree, flags, null, new Intents(null));
    }

    Conversation(FileTree tree, long flags, Intents intents) throws ErrnoException {
        this(tree, flags, null, intents);
    }

    /** @param kept where everything is kept for a successor; removed at the end */
    Conversation(FileTree tree, Kept kept) throws ErrnoException {
        this(tree, ALL_FLAGS & ~FuseWire.PASSTHROUGH, kept, new Intents(kept.intents));
        served.keep();
    }

    private Conversation(FileTree tree, long flags, Kept kept, Intents intents) throws ErrnoException {
        served = new Served(tree, new Protocol(FuseWire.MINOR, flags), kernel, this::complain, kept, intents);
        dispatcher = new Dispatcher(served, interrupts);
        request = new Request();
    }

    private synchronized void complain(String message, Throwable cause) {
        if (cause instanceof IntentScene.Killed || isOfTheTestTree(cause)) {
            // It has limits that a million nonsensical messages find; EIO is the right answer to those
            return;
        }
        complaints++;
        RealMount.complain(message, cause);
    }

    private static boolean isOfTheTestTree(Throwable cause) {
        for (StackTraceElement frame : cause == null ? new StackTraceElement[0] : cause.getStackTrace()) {
            if (frame.getClassName().startsWith("org.froggr.")) {
                return frame.getClassName().startsWith("org.froggr.spi.tree.Memory");
            }
        }
        return false;
    }

    /** Has a message performed, as it is. */
    void put(byte[] message) {
        request.memory().put(Request.REQUEST, message);
        if (request.parse(message.length)) {
            dispatcher.handle(request);
        } else {
            dispatcher.refuse(request);
        }
    }

    /** Has a message performed; returns the reply, null if there is none. */
    ScriptedChannel.Reply ask(Message message) {
        put(message.bytes());
        ScriptedChannel.Reply reply = kernel.take();
        if (reply != null) {
            assertEquals(reply.size(), reply.length(), "length in the header");
        }
        return reply;
    }

    /** A reply that is no error, with so many bytes behind the header. */
    ScriptedChannel.Reply succeed(int bytes, Message message) {
        ScriptedChannel.Reply reply = ask(message);
        assertNotNull(reply);
        assertEquals(0, reply.error(), () -> Errno.describe(-reply.error()));
        assertEquals(16 + bytes, reply.size());
        return reply;
    }

    void fail(Errno errno, Message message) {
        ScriptedChannel.Reply reply = ask(message);
        assertNotNull(reply);
        assertEquals(-errno.number(), reply.error(), () -> Errno.describe(-reply.error()));
        assertEquals(16, reply.size());
    }

    // Shorthands that tests begin with

    /** Creates a file with FUSE_CREATE; returns its node and handle. */
    long[] create(String name) {
        return create(FuseWire.ROOT_ID, name, 2);
    }

    long[] create(long directory, String name, int flags) {
        ScriptedChannel.Reply reply =
                succeed(144, Message.of(35, directory).i32(flags, 0100644, 022, 0).name(name));
        return new long[] {reply.int64(0), reply.int64(128)};
    }

    long makeDirectory(long parent, String name) {
        return succeed(128, Message.of(9, parent).i32(0755, 022).name(name)).int64(0);
    }

    long lookUp(long directory, String name) {
        return succeed(128, Message.of(1, directory).name(name)).int64(0);
    }

    void release(long node, long handle) {
        succeed(0, Message.of(18, node).i64(handle).i32(0, 0).i64(0));
    }

    void forget(long node, long lookups) {
        put(Message.of(2, node).i64(lookups).bytes());
    }

    @Override
    public void close() {
        served.close();
        request.release();
    }
}
