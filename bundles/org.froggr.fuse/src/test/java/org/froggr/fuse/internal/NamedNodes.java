package org.froggr.fuse.internal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Fd;

/**
 * A table of nodes that is changed at random, and kept. Each node has a mark of its own in all names that it ever
 * has, so that what somebody else finds in the files can be judged without knowing when this ended.
 */
final class NamedNodes {
    /** What is known of a node. */
    private static final class Known {
        final long id;
        final Asked node = new Asked();
        long lookups;
        String name;

        Known(long id) {
            this.id = id;
        }
    }

    private final ByteBuffer firstBytes = ByteBuffer.allocateDirect(256);
    private final MemoryName firstName = new MemoryName(firstBytes, 0);
    private final ByteBuffer secondBytes = ByteBuffer.allocateDirect(256);
    private final MemoryName second = new MemoryName(secondBytes, 0);
    private final List<Known> all = new ArrayList<>();
    private final Random random;
    private int names;
    private boolean exchanging = true;
    final NodeTable table = new NodeTable(new Asked());

    NamedNodes(Kept kept, long seed) throws ErrnoException {
        random = new Random(seed);
        table.keep(kept.nodes, kept::abandon);
        kept.serving(new Protocol(FuseWire.MINOR, 0), List.of());
    }

    static Kept open(Path directory, boolean isNew) throws ErrnoException {
        int fd = Fd.open(BytePath.of(directory.toString()), Fd.O_PATH | Fd.O_DIRECTORY, 0);
        try {
            return isNew ? Kept.create(fd, RealMount::complain) : Kept.open(fd, RealMount::complain);
        } finally {
            Fd.close(fd);
        }
    }

    private static MemoryName name(MemoryName into, ByteBuffer bytes, String text) {
        bytes.put(0, text.getBytes(StandardCharsets.US_ASCII));
        into.set(0, text.length());
        return into;
    }

    /** A name with the node's mark, the id in hexadecimal, of a length that differs. */
    private String newName(long id) {
        return Long.toHexString(id) + "-" + names++ + "x".repeat(random.nextInt(200));
    }

    /** One more change. */
    void step() {
        int what = random.nextInt(10);
        if (what < 4 || all.size() < 10) {
            add();
            return;
        }
        int place = random.nextInt(all.size());
        Known one = all.get(place);
        switch (what) {
            case 4, 5 -> rename(one);
            case 6 -> exchange(one, exchanging ? all.get(random.nextInt(all.size())) : one);
            case 7 -> remove(one);
            case 8 -> lookUp(one);
            default -> {
                table.forget(one.id, Long.MAX_VALUE);
                all.remove(place);
            }
        }
    }

    /** All but a few are forgotten. */
    void forgetSome() {
        while (all.size() > 500) {
            table.forget(all.remove(random.nextInt(all.size())).id, Long.MAX_VALUE);
        }
    }

    private void add() {
        long id = table.add(new Asked(), 1, null, true);
        table.forget(id, 1);
        // The same place again, with the next generation: its id is known in advance
        long next = id + (1L << 32);
        Known known = new Known(next);
        known.name = newName(next);
        known.lookups = 1;
        long got = table.add(known.node, 1, name(firstName, firstBytes, known.name), true);
        if (got != next) {
            throw new AssertionError(got + " " + next);
        }
        all.add(known);
    }

    private void lookUp(Known one) {
        one.name = one.name == null ? newName(one.id) : one.name;
        table.add(one.node, 1, name(firstName, firstBytes, one.name), false);
        one.lookups++;
    }

    private void rename(Known one) {
        if (one.name != null) {
            String now = newName(one.id);
            table.names().renamed(1, name(firstName, firstBytes, one.name), 1, name(second, secondBytes, now));
            one.name = now;
        }
    }

    /** There and back, or the marks would be wrong. */
    private void exchange(Known one, Known other) {
        if (one != other && one.name != null && other.name != null) {
            for (int i = 0; i < 2; i++) {
                MemoryName name = name(firstName, firstBytes, one.name);
                table.names().exchanged(1, name, 1, name(second, secondBytes, other.name));
            }
        }
    }

    private void remove(Known one) {
        if (one.name != null) {
            table.names().removed(1, name(firstName, firstBytes, one.name));
            one.name = null;
        }
    }

    /** What is there now: look-ups and name by id. */
    Map<Long, String> expected() {
        Map<Long, String> expected = new TreeMap<>();
        all.forEach(known -> expected.put(known.id, known.lookups + " " + known.name));
        return expected;
    }

    /** What somebody else finds. */
    static Map<Long, String> found(Kept kept) throws ErrnoException {
        NodeTable table = new NodeTable(new Asked());
        table.restore(kept.nodes, kept::abandon);
        Map<Long, String> found = new TreeMap<>();
        for (long id : table.ids()) {
            byte[] name = table.names().whereabouts(id).name();
            String text = name == null ? null : new String(name, StandardCharsets.US_ASCII);
            found.put(id, table.lookups(id) + " " + text);
        }
        return found;
    }

    /** Changes the files in a directory, until killed. */
    public static void main(String[] arguments) throws Exception {
        NamedNodes nodes = new NamedNodes(open(Path.of(arguments[0]), true), Long.parseLong(arguments[1]));
        // Which is done there and back, and would be seen in between
        nodes.exchanging = false;
        for (int i = 0; i < 200; i++) {
            nodes.step();
        }
        System.out.println("changing");
        while (true) {
            nodes.step();
        }
    }
}
