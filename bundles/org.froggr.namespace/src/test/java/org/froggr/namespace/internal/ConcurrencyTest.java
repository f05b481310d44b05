package org.froggr.namespace.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.spi.presentation.UnionMember;
import org.froggr.spi.presentation.UnionSpace.UnionOptions;
import org.froggr.spi.tree.Attributes;
import org.froggr.spi.tree.FileName;
import org.froggr.spi.tree.MemoryTree;
import org.froggr.spi.tree.OpenFile;
import org.froggr.spi.tree.TreeUser;
import org.junit.jupiter.api.Test;

/** Many use a union while its members come, go, change places and trees. */
class ConcurrencyTest {
    private static final int USERS = 4;
    private static final int OPERATIONS = Integer.getInteger("froggr.concurrent.operations", 20_000);

    /** What a program may get when others work in the same directories. */
    private static final Set<Errno> ALLOWED = EnumSet.of(
            Errno.ENOENT,
            Errno.EEXIST,
            Errno.ENOTEMPTY,
            Errno.ENOTDIR,
            Errno.EISDIR,
            Errno.ELOOP,
            Errno.EINVAL,
            Errno.EXDEV,
            Errno.EPERM,
            Errno.ESTALE);

    private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
    private final List<MemoryTree> files = new ArrayList<>();
    private final List<MirrorTree> mirrors = Collections.synchronizedList(new ArrayList<>());
    private final Space space = new Space(wrong::add);
    private final AtomicLong done = new AtomicLong();

    private UnionMember member(long id, boolean receives) {
        MemoryTree tree = files.get((int) id);
        MirrorTree mirror = new MirrorTree(tree);
        mirrors.add(mirror);
        return new UnionMember(id, "m" + id, mirror, receives, id == 0, Set.of());
    }

    @Test
    void nothingBreaksAndNothingIsLeft() throws Exception {
        long seed = System.nanoTime();
        System.out.println("concurrency: seed " + seed);
        for (int i = 0; i < 4; i++) {
            files.add(new MemoryTree());
            files.get(i).validity(i % 2 == 0 ? 0 : 1000);
        }
        Head head = (Head) space.open("1", new UnionOptions(false), member(0, false));
        head.add(member(1, true), true);
        head.add(member(2, false), false);
        ExecutorService threads = Executors.newFixedThreadPool(USERS);
        CountDownLatch ended = new CountDownLatch(USERS);
        try {
            List<Future<?>> users = new ArrayList<>();
            for (int i = 0; i < USERS; i++) {
                long own = seed + i;
                users.add(threads.submit(() -> {
                    try {
                        use(head, new Random(own));
                    } finally {
                        ended.countDown();
                    }
                }));
            }
            changeMembers(head, new Random(~seed), ended);
            for (Future<?> user : users) {
                user.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertEquals(List.of(), wrong.stream().distinct().limit(10).toList());
        assertEquals(List.of(), left(head));
        space.close();
        for (MemoryTree tree : files) {
            assertEquals(0, tree.handles());
            assertEquals(0, tree.lookups());
        }
        for (MirrorTree mirror : mirrors) {
            assertEquals(0, mirror.handles.get());
            assertEquals(0, mirror.usedAfterStop.get());
        }
        assertTrue(done.get() > OPERATIONS, "operations that succeeded: " + done);
    }

    private static List<String> left(Head head) {
        List<String> nodes = new ArrayList<>();
        head.table.forEach(node -> nodes.add(node.getClass().getSimpleName() + " "
                + (node.name == null ? "without a name" : FileName.of(node.name)) + " uses " + node.uses + " in "
                + (node.parent.name == null ? "a directory without a name" : FileName.of(node.parent.name))));
        return nodes;
    }

    private void changeMembers(Head head, Random random, CountDownLatch ended) throws Exception {
        boolean fourth = false;
        while (ended.getCount() > 0) {
            switch (random.nextInt(4)) {
                case 0 -> {
                    if (fourth) {
                        head.remove(3, false);
                    } else {
                        head.add(member(3, false), random.nextBoolean());
                    }
                    fourth = !fourth;
                }
                case 1 -> {
                    List<Long> order = new ArrayList<>(
                            head.members().stream().map(UnionMember::id).toList());
                    Collections.shuffle(order, random);
                    head.reorder(order);
                }
                default -> exchange(head, random.nextInt(3));
            }
            // Let somebody get something done meanwhile
            long until = done.get() + 20;
            while (done.get() < until && ended.getCount() > 0) {
                Thread.onSpinWait();
            }
        }
    }

    private void exchange(Head head, int id) {
        MirrorTree old = (MirrorTree) head.present().find(id).tree();
        MirrorTree fresh = new MirrorTree(files.get(id));
        try {
            head.exchange(id, fresh);
            mirrors.add(fresh);
            old.stop();
        } catch (ErrnoException e) {
            // A file that is open has lost its name
            if (!e.is(Errno.ESTALE) && !e.is(Errno.ENOENT) && !e.is(Errno.ENOTDIR)
                    && !e.is(Errno.EISDIR) && !e.is(Errno.ELOOP)) {
                wrong.add("exchange: " + e.getMessage());
            }
            assertEquals(0, fresh.handles.get());
        }
    }

    private void use(Head head, Random random) {
        TreeUser user = new TreeUser(head.files());
        for (int i = 0; i < OPERATIONS; i++) {
            ModelOperation op = ModelOperation.random(random);
            try {
                perform(user, op, String.join("/", op.path()), String.join("/", op.other()));
                done.incrementAndGet();
            } catch (ErrnoException e) {
                if (!ALLOWED.contains(Errno.of(e.number()).orElseThrow())) {
                    wrong.add(op.kind() + ": " + e.getMessage());
                }
            } catch (RuntimeException e) {
                wrong.add(op.kind() + ": " + e + " " + List.of(e.getStackTrace()).subList(0, 8));
            }
            if (i % 50 == 0) {
                user.forgetAll();
            }
        }
        user.forgetAll();
    }

    private static void perform(TreeUser user, ModelOperation op, String path, String other) throws ErrnoException {
        switch (op.kind()) {
            case CREATE, CREATE_OR_OPEN -> user.create(
                            path, TreeUser.O_RDWR | (op.number() % 2 == 0 ? TreeUser.O_EXCL : 0), 0100644)
                    .close();
            case MKDIR -> user.mkdir(path);
            case SYMLINK -> user.symlink("to", path);
            case WRITE, TRUNCATE, CHMOD -> user.chmod(path, 0755);
            case LINK -> user.link(path, other);
            case UNLINK -> user.unlink(path);
            case RMDIR -> user.rmdir(path);
            case RENAME -> user.rename(path, other, op.number() % 3);
            case OPEN, WRITE_OPEN, READ_OPEN, CLOSE -> readAndWrite(user, path);
            case LIST_OPEN, FORGET -> user.list(path);
            default -> user.find(path, new Attributes());
        }
    }

    private static void readAndWrite(TreeUser user, String path) throws ErrnoException {
        try (OpenFile file = user.open(path, TreeUser.O_RDWR)) {
            user.write(file, 0, "abc");
            user.read(file);
        }
    }
}
