package org.froggr.fuse.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.froggr.spi.tree.MemoryTree;
import org.junit.jupiter.api.Test;

/**
 * Messages that no kernel would send: valid ones with bytes changed, ends cut off, and fields exchanged for
 * numbers that are likely to hurt. Two threads at a time, as with a real connection. None may be fatal, none
 * may hang, each that wants an answer gets one, and when all is over nothing is left open or looked up.
 *
 * <p>{@code -Dfroggr.fuzz.seed=S -Dfroggr.fuzz.messages=N} repeats a run or makes it longer.
 */
class FuzzTest {
    private static final int MESSAGES = Integer.getInteger("froggr.fuzz.messages", 1_000_000);
    private static final int THREADS = 2;
    private static final int LIMIT_SECONDS = 120;
    private static final long[] HURTFUL = {
        0, 1, 2, -1, -2, 4095, 4096, 1 << 20, (1 << 20) + 1, Integer.MAX_VALUE, Integer.MIN_VALUE, Long.MAX_VALUE,
        Long.MIN_VALUE, 1L << 32, 1L << 32 | 1, 0xffffffffL
    };

    /** What each thread reads next. */
    private static final ThreadLocal<byte[]> OWN = new ThreadLocal<>();

    @Test
    void noMessageDoesHarm() throws Exception {
        long seed = Long.getLong("froggr.fuzz.seed", System.nanoTime());
        System.out.println("fuzz seed " + seed);
        MemoryTree tree = new MemoryTree();
        Conversation first = new Conversation(tree);
        first.kernel.throwAway();
        first.kernel.readFrom(OWN::get);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<Future<Integer>> results = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Random random = new Random(seed + i);
            results.add(threads.submit((Callable<Integer>) () -> run(first, random, MESSAGES / THREADS)));
        }
        int performed = 0;
        for (Future<Integer> result : results) {
            performed += result.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        }
        threads.shutdown();
        assertEquals(0, first.complaints, "unexpected exceptions");
        assertTrue(performed > MESSAGES / 100, "too few of the messages were still good enough for the tree");
        first.close();
        assertEquals(1, first.served.nodes.count());
        assertEquals(0, first.served.handles.count());
        assertEquals(0, tree.handles());
        assertEquals(0, tree.lookups());
    }

    /** Returns how many messages were so good that a tree handed something out for them. */
    private static int run(Conversation talk, Random random, int count) throws Exception {
        List<byte[]> seeds = FuzzSeeds.messages();
        Request request = new Request();
        Reader reader = new Reader(request);
        Staffing staffing = new Staffing(talk.crew, talk.kernel, () -> {});
        talk.crew.add(reader.performing());
        int succeeded = 0;
        for (int i = 0; i < count; i++) {
            byte[] message = mutate(seeds.get(random.nextInt(seeds.size())).clone(), talk, random);
            OWN.set(message);
            assertNotEquals(Reader.Next.END, reader.next(talk.kernel, talk.dispatcher, staffing));
            succeeded += request.undo.isNeeded() ? 1 : 0;
        }
        talk.crew.remove(reader.performing());
        request.release();
        return succeeded;
    }

    private static byte[] mutate(byte[] message, Conversation talk, Random random) {
        ByteBuffer fields = ByteBuffer.wrap(message).order(ByteOrder.nativeOrder());
        fields.putLong(8, random.nextInt(1000) * 2L);
        if (random.nextInt(4) > 0) {
            // Something that exists, to get far
            fields.putLong(16, random.nextInt(3) == 0 ? 1 : someId(talk, random));
            if (message.length >= 48) {
                fields.putLong(40, someId(talk, random));
            }
        }
        for (int changes = random.nextInt(4); changes > 0; changes--) {
            change(fields, random);
        }
        if (random.nextInt(10) == 0 && message.length > 0) {
            byte[] cut = new byte[random.nextInt(message.length + 1)];
            System.arraycopy(message, 0, cut, 0, cut.length);
            if (cut.length >= 4 && random.nextBoolean()) {
                ByteBuffer.wrap(cut).order(ByteOrder.nativeOrder()).putInt(0, cut.length);
            }
            return cut;
        }
        return message;
    }

    /** An id of a node or handle that may be in use: they are small, and have seldom been used before. */
    private static long someId(Conversation talk, Random random) {
        int place = 1 + random.nextInt(Math.max(8, talk.served.nodes.count()));
        return (long) random.nextInt(3) << 32 | place;
    }

    private static void change(ByteBuffer fields, Random random) {
        int at = random.nextInt(fields.capacity());
        long value = HURTFUL[random.nextInt(HURTFUL.length)];
        switch (random.nextInt(4)) {
            case 0 -> fields.put(at, (byte) random.nextInt());
            case 1 -> fields.put(at, (byte) (fields.get(at) ^ 1 << random.nextInt(8)));
            case 2 -> {
                if ((at & ~3) + 4 <= fields.capacity()) {
                    fields.putInt(at & ~3, (int) value);
                }
            }
            default -> {
                if ((at & ~7) + 8 <= fields.capacity()) {
                    fields.putLong(at & ~7, value);
                }
            }
        }
    }
}
