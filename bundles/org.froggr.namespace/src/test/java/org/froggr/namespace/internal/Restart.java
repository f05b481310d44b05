package org.froggr.namespace.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Fd;
import org.froggr.linux.OwnedFd;
import org.froggr.spi.presentation.UnionMember;
import org.froggr.spi.presentation.UnionSpace.UnionOptions;
import org.froggr.spi.tree.FileTree;
import org.froggr.spi.tree.TreeUser;

/** A union whose process dies again and again: the trees and a directory of the session's stay, all else goes. */
final class Restart implements AutoCloseable {
    final List<String> said = new ArrayList<>();
    private final Path recovery;
    private final OwnedFd directory;
    private final boolean plan9;
    private final List<UnionMember> members = new ArrayList<>();
    private Space space;
    private Head head;

    Restart(boolean plan9) throws IOException, ErrnoException {
        this.plan9 = plan9;
        recovery = Files.createTempDirectory("froggr-union");
        directory = OwnedFd.of(Fd.open(BytePath.of(recovery.toString()), Fd.O_PATH | Fd.O_DIRECTORY, 0));
    }

    /** In the order of the union; the first is the original. */
    Restart with(FileTree... trees) {
        for (FileTree tree : trees) {
            long id = members.size() + 1;
            members.add(new UnionMember(id, "m" + id, tree, false, id == 1, Set.of()));
        }
        return this;
    }

    /** This one gets what is new. */
    Restart receiving(int index) {
        UnionMember old = members.get(index);
        members.set(index, new UnionMember(old.id(), old.label(), old.tree(), true, old.original(), Set.of()));
        return this;
    }

    /** Another tree of the same files: that of the next process. */
    void replaceTree(int index, FileTree tree) {
        UnionMember old = members.get(index);
        members.set(
                index, new UnionMember(old.id(), old.label(), tree, old.receivesNew(), old.original(), Set.of()));
    }

    /** What was there is forgotten as if the process had been killed; another one begins, in no particular order. */
    Head start(int... order) throws ErrnoException {
        space = new Space(directory.number(), said::add);
        int first = order.length == 0 ? 0 : order[0];
        head = (Head) space.open("7", new UnionOptions(plan9), members.get(first));
        for (int i = 1; i < (order.length == 0 ? members.size() : order.length); i++) {
            head.add(members.get(order.length == 0 ? i : order[i]), false);
        }
        if (order.length == members.size()) {
            head.reorder(members.stream().map(UnionMember::id).toList());
        }
        return head;
    }

    Space space() {
        return space;
    }

    Head head() {
        return head;
    }

    TreeUser user() {
        return new TreeUser(head.files());
    }

    int directory() {
        return directory.number();
    }

    Path file(String name) {
        return recovery.resolve(name);
    }

    @Override
    public void close() throws IOException {
        if (space != null) {
            space.close();
        }
        Fd.closeQuietly(directory.release());
        try (Stream<Path> files = Files.list(recovery)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(recovery);
    }
}
