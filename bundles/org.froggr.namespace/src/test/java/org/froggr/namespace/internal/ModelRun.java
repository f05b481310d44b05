package org.froggr.namespace.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.spi.presentation.UnionMember;
import org.froggr.spi.presentation.UnionSpace.UnionOptions;
import org.froggr.spi.tree.Attributes;
import org.froggr.spi.tree.MemoryTree;
import org.froggr.spi.tree.OpenFile;
import org.froggr.spi.tree.TreeListener;
import org.froggr.spi.tree.TreeUser;

/** Does operations on a union and on the model, and compares what they answer and what is there then. */
final class ModelRun {
    private static final int MOST_MEMBERS = 5;
    private static final int MOST_HANDLES = 4;
    private static final int[] MODES = {0644, 0600, 0755};

    /** A member in both worlds. */
    static final class Pair {
        final long id;
        final Model.Member model;
        MemoryTree tree;

        Pair(long id, Model.Member model, MemoryTree tree) {
            this.id = id;
            this.model = model;
            this.tree = tree;
        }
    }

    /** An open file in both. */
    private record Open(OpenFile file, Model.File model, Pair pair) {}

    /** What fails with an errno or not at all. */
    @FunctionalInterface
    private interface Call {
        void run() throws ErrnoException, Model.Failure;
    }

    private final ModelSetup setup;
    private final Model model;
    private final Space space = new Space(message -> {});
    private final Head head;
    private final TreeUser user;
    private final ModelComparison comparison;
    private final List<Pair> pairs = new ArrayList<>();
    private final List<MemoryTree> allTrees = new ArrayList<>();
    private final List<Open> handles = new ArrayList<>();
    private final Random fill;
    private long nextId = 1;

    ModelRun(ModelSetup setup) throws Exception {
        this.setup = setup;
        model = new Model(setup.plan9());
        fill = new Random(setup.seed());
        List<String> flags = setup.members();
        Pair first = pair(flags.get(0));
        head = (Head) space.open("1", new UnionOptions(setup.plan9()), member(first));
        model.members.add(first.model);
        pairs.add(first);
        user = new TreeUser(head.files());
        comparison = new ModelComparison(head, model, user, setup.plan9());
        for (String more : flags.subList(1, flags.size())) {
            add(pair(more), false);
        }
    }

    private Pair pair(String flags) throws Exception {
        Model.Member member =
                new Model.Member(flags.contains("c"), flags.contains("o"), flags.contains("r"));
        Pair made = new Pair(nextId++, member, newTree());
        for (int i = 0; i < 6; i++) {
            ModelOperation random = ModelOperation.random(fill);
            behindMake(made, random.path(), random.number());
        }
        return made;
    }

    private MemoryTree newTree() {
        MemoryTree tree = new MemoryTree();
        tree.validity(setup.behind() == ModelSetup.Behind.ASKS ? 0 : 3_600_000);
        allTrees.add(tree);
        return tree;
    }

    private static UnionMember member(Pair pair) {
        return new UnionMember(
                pair.id,
                "m" + pair.id,
                pair.tree,
                pair.model.receives,
                pair.model.original,
                pair.model.readOnly ? Set.of("ro") : Set.of());
    }

    private void add(Pair pair, boolean before) throws ErrnoException {
        head.add(member(pair), before);
        pairs.add(before ? 0 : pairs.size(), pair);
        model.members.add(before ? 0 : pairs.size() - 1, pair.model);
    }

    /** Does one. Throws an AssertionError if the worlds differ. */
    void perform(ModelOperation op, boolean careful) throws Exception {
        boolean membership = false;
        switch (op.kind()) {
            case CREATE -> both(op, () -> create(op), () -> model.make(op.path(), file(op)));
            case CREATE_OR_OPEN -> both(op, () -> createOrOpen(op), () -> modelCreateOrOpen(op));
            case MKDIR -> both(
                    op,
                    () -> user.mkdir(path(op), mode(op)),
                    () -> model.make(op.path(), Model.File.directory(mode(op) & ~022)));
            case SYMLINK -> both(
                    op,
                    () -> user.symlink("to" + op.number(), path(op)),
                    () -> model.make(op.path(), Model.File.link("to" + op.number())));
            case WRITE -> both(op, () -> write(op), () -> openable(op).content = text(op));
            case TRUNCATE -> both(op, () -> user.truncate(path(op), op.number() % 5), () -> modelTruncate(op));
            case CHMOD -> both(
                    op,
                    () -> user.chmod(path(op), op.number() & 0777),
                    () -> model.change(op.path()).file().mode = op.number() & 0777);
            case LINK -> both(op, () -> user.link(path(op), other(op)), () -> model.link(op.path(), op.other()));
            case UNLINK -> both(op, () -> user.unlink(path(op)), () -> model.unlink(op.path()));
            case RMDIR -> both(op, () -> user.rmdir(path(op)), () -> model.rmdir(op.path()));
            case RENAME -> both(
                    op,
                    () -> user.rename(path(op), other(op), renameFlags(op)),
                    () -> model.rename(op.path(), op.other(), renameFlags(op)));
            case OPEN -> open(op);
            case WRITE_OPEN -> writeOpen(op);
            case READ_OPEN -> readOpen(op);
            case CLOSE -> close(op);
            case FORGET -> user.forgetAll();
            case LIST_OPEN -> comparison.listInPages(op.path(), 1 + op.number() % 3);
            case BEHIND_MAKE, BEHIND_REMOVE -> behind(op);
            case ADD -> membership = addMember(op);
            case REMOVE -> membership = removeMember(op);
            case REORDER -> membership = reorder(op);
            case EXCHANGE -> membership = exchange(op);
            default -> throw new AssertionError(op);
        }
        if (careful || membership) {
            compareAll();
        } else {
            comparison.compareAround(op.path());
            comparison.compareAround(op.other());
        }
    }

    /** Everything that is seen, and everything the members have. */
    void compareAll() throws Exception {
        comparison.compareTree();
        for (Pair pair : pairs) {
            comparison.compareMember(pair);
        }
    }

    private static void both(ModelOperation op, Call real, Call ruled) {
        Errno did = outcome(real);
        Errno should = outcome(ruled);
        if (did != should) {
            throw new AssertionError(op + " answers " + name(did) + ", the rules say " + name(should));
        }
    }

    private static String name(Errno errno) {
        return errno == null ? "success" : errno.name();
    }

    private static Errno outcome(Call call) {
        try {
            call.run();
            return null;
        } catch (ErrnoException e) {
            return Errno.of(e.number()).orElseThrow();
        } catch (Model.Failure e) {
            return e.errno;
        }
    }

    private static String path(ModelOperation op) {
        return String.join("/", op.path());
    }

    private static String other(ModelOperation op) {
        return String.join("/", op.other());
    }

    private static int mode(ModelOperation op) {
        return MODES[op.number() % MODES.length];
    }

    private static String text(ModelOperation op) {
        return "n" + op.number();
    }

    private static Model.File file(ModelOperation op) {
        return Model.File.plain(text(op), mode(op) & ~022);
    }

    private static int renameFlags(ModelOperation op) {
        return switch (op.number() % 8) {
            case 0 -> Model.NOREPLACE;
            case 1, 2 -> Model.EXCHANGE;
            default -> 0;
        };
    }

    private void create(ModelOperation op) throws ErrnoException {
        try (OpenFile file = user.create(path(op), TreeUser.O_RDWR | TreeUser.O_EXCL, 0100000 | mode(op))) {
            user.write(file, 0, text(op));
        }
    }

    private void createOrOpen(ModelOperation op) throws ErrnoException {
        try (OpenFile file = user.create(path(op), TreeUser.O_RDWR, 0100000 | mode(op))) {
            user.write(file, 0, text(op));
        }
    }

    private void modelCreateOrOpen(ModelOperation op) throws Model.Failure {
        model.parts(op.path().subList(0, op.path().size() - 1));
        if (model.all(op.path()).isEmpty()) {
            model.make(op.path(), file(op));
        } else {
            Model.File present = openable(op);
            present.content = overwrite(present.content, text(op));
        }
    }

    private static String overwrite(String old, String by) {
        return old.length() <= by.length() ? by : by + old.substring(by.length());
    }

    private void write(ModelOperation op) throws ErrnoException {
        try (OpenFile file = user.open(path(op), TreeUser.O_WRONLY | TreeUser.O_TRUNC)) {
            user.write(file, 0, text(op));
        }
    }

    /** What can be opened for writing. */
    private Model.File openable(ModelOperation op) throws Model.Failure {
        Model.File file = model.first(op.path()).file();
        if (file.isDirectory()) {
            throw new Model.Failure(Errno.EISDIR);
        }
        model.change(op.path());
        if (file.symlink) {
            throw new Model.Failure(Errno.ELOOP);
        }
        return file;
    }

    private void modelTruncate(ModelOperation op) throws Model.Failure {
        Model.File file = model.change(op.path()).file();
        if (file.isDirectory()) {
            throw new Model.Failure(Errno.EISDIR);
        }
        if (file.symlink) {
            throw new Model.Failure(Errno.EINVAL);
        }
        String longer = file.content + "\0".repeat(5);
        file.content = longer.substring(0, op.number() % 5);
    }

    private void open(ModelOperation op) throws Exception {
        if (handles.size() == MOST_HANDLES) {
            handles.remove(0).file.close();
        }
        OpenFile[] opened = new OpenFile[1];
        both(op, () -> opened[0] = user.open(path(op), TreeUser.O_RDWR), () -> openable(op));
        if (opened[0] != null) {
            Model.At at = model.first(op.path());
            handles.add(new Open(opened[0], at.file(), pairOf(at.member())));
        }
    }

    private Pair pairOf(Model.Member member) {
        return pairs.stream().filter(pair -> pair.model == member).findFirst().orElseThrow();
    }

    private void writeOpen(ModelOperation op) throws Exception {
        if (!handles.isEmpty()) {
            Open open = handles.get(op.number() % handles.size());
            user.write(open.file, 0, text(op));
            open.model.content = overwrite(open.model.content, text(op));
        }
    }

    private void readOpen(ModelOperation op) throws Exception {
        if (!handles.isEmpty()) {
            Open open = handles.get(op.number() % handles.size());
            String read = user.read(open.file);
            if (!read.equals(open.model.content)) {
                throw new AssertionError("an open file has " + read + ", not " + open.model.content);
            }
        }
    }

    private void close(ModelOperation op) throws Exception {
        if (!handles.isEmpty()) {
            handles.remove(op.number() % handles.size()).file.close();
        }
    }

    private void behind(ModelOperation op) throws Exception {
        if (setup.behind() != ModelSetup.Behind.NONE) {
            Pair pair = pairs.get(op.number() % pairs.size());
            boolean done = op.kind() == ModelOperation.Kind.BEHIND_MAKE
                    ? behindMake(pair, op.path(), op.number())
                    : behindRemove(pair, op.path());
            if (done && setup.behind() == ModelSetup.Behind.IS_TOLD) {
                tell(pair, op.path());
            }
        }
    }

    private static void tell(Pair pair, List<String> path) throws Exception {
        TreeUser inside = new TreeUser(pair.tree);
        byte[] name = TreeUser.name(path.get(path.size() - 1)).bytes();
        for (TreeListener listener : pair.tree.listeners()) {
            listener.entryChanged(inside.node(String.join("/", path.subList(0, path.size() - 1))), name);
        }
        inside.forgetAll();
    }

    private static Model.File directoryInMember(Pair pair, List<String> path) {
        Model.File at = pair.model.root;
        for (String name : path) {
            at = at == null || !at.isDirectory() ? null : at.names.get(name);
        }
        return at != null && at.isDirectory() ? at : null;
    }

    private static boolean behindMake(Pair pair, List<String> path, int number) throws Exception {
        Model.File parent = directoryInMember(pair, path.subList(0, path.size() - 1));
        String name = path.get(path.size() - 1);
        if (parent == null || parent.names.containsKey(name)) {
            return false;
        }
        TreeUser inside = new TreeUser(pair.tree);
        if (number % 2 == 0) {
            parent.names.put(name, Model.File.plain("b" + number, 0644));
            inside.write(String.join("/", path), "b" + number);
        } else {
            parent.names.put(name, Model.File.directory(0755));
            inside.mkdir(String.join("/", path));
        }
        inside.forgetAll();
        return true;
    }

    private static boolean behindRemove(Pair pair, List<String> path) throws Exception {
        Model.File parent = directoryInMember(pair, path.subList(0, path.size() - 1));
        String name = path.get(path.size() - 1);
        Model.File file = parent == null ? null : parent.names.get(name);
        if (file == null || file.isDirectory() && !file.names.isEmpty()) {
            return false;
        }
        parent.names.remove(name).links--;
        TreeUser inside = new TreeUser(pair.tree);
        if (file.isDirectory()) {
            inside.rmdir(String.join("/", path));
        } else {
            inside.unlink(String.join("/", path));
        }
        inside.forgetAll();
        return true;
    }

    private boolean addMember(ModelOperation op) throws Exception {
        if (pairs.size() == MOST_MEMBERS) {
            return false;
        }
        String flags = (op.number() % 3 == 0 ? "c" : "") + (op.number() % 7 == 0 ? "r" : "");
        add(pair(flags), op.number() % 2 == 0);
        return true;
    }

    private boolean removeMember(ModelOperation op) throws Exception {
        if (pairs.size() == 1) {
            return false;
        }
        Pair gone = pairs.remove(op.number() % pairs.size());
        model.members.remove(gone.model);
        head.remove(gone.id, false);
        return true;
    }

    private boolean reorder(ModelOperation op) throws Exception {
        Collections.shuffle(pairs, new Random(op.number()));
        model.members.clear();
        pairs.forEach(pair -> model.members.add(pair.model));
        head.reorder(pairs.stream().map(pair -> pair.id).toList());
        return true;
    }

    /**
     * Open files that have lost the name they are known by stay in the tree before. This one is a copy, in which
     * another name of such a file would mean another file.
     */
    private boolean exchange(ModelOperation op) throws Exception {
        Pair pair = pairs.get(op.number() % pairs.size());
        MemoryTree copy = newTree();
        ModelCopy.of(pair.model.root, copy);
        head.exchange(pair.id, copy);
        pair.tree = copy;
        for (Open open : List.copyOf(handles)) {
            Attributes attributes = new Attributes();
            attributes.clear();
            open.file.attributes(attributes);
            if (open.pair == pair && ((UnionFile) open.file).isKept() && attributes.links > 0) {
                open.file.close();
                handles.remove(open);
            }
        }
        comparison.forgetNumbers();
        return true;
    }

    /** Gives everything back; nothing may be left. */
    void close() throws Exception {
        try {
            for (Open open : handles) {
                open.file.close();
            }
            user.forgetAll();
            comparison.assertEquals("nodes in use at the end", 0, head.table.size());
            head.root().attributes(new Attributes());
            for (MemoryTree tree : allTrees) {
                comparison.assertEquals("look-ups left", 0L, tree.lookups());
                comparison.assertEquals("open files left", 0L, tree.handles());
            }
        } finally {
            space.close();
        }
    }
}
