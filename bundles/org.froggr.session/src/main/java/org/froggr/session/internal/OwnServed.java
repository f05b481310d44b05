package org.froggr.session.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.froggr.api.Errno;
import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.linux.MountInfo;
import org.froggr.session.internal.served.OwnTree;
import org.froggr.session.internal.served.SubTree;
import org.froggr.session.internal.store.HeadRecord;
import org.froggr.spi.backend.Attachment;
import org.froggr.spi.backend.Tree;
import org.froggr.spi.presentation.FileServer;
import org.froggr.spi.presentation.MountSpace;
import org.froggr.spi.presentation.UnionHead;
import org.froggr.spi.presentation.UnionMember;
import org.froggr.spi.presentation.UnionSpace;
import org.froggr.spi.presentation.Unions;
import org.froggr.spi.tree.FileTree;

/**
 * Finds the tree of what this platform itself presents: used directly, since a server that asked the kernel
 * for its own files would wait for itself.
 */
final class OwnServed {
    private final Registry registry;

    OwnServed(Registry registry) {
        this.registry = registry;
    }

    /**
     * What is presented, and where in it.
     *
     * @param session whose union it is
     * @param names way from the top of the union to the directory, as ByteText
     */
    record Place(UUID session, int number, UnionHead head, List<String> names) {
        /** The union as it is from now on. */
        OwnTree live() throws ErrnoException {
            return new OwnTree(Attachment.of(Tree.served(SubTree.of(head.files(), names))), place(List.of()));
        }

        /** The union of the members that it has at this moment (bind(2) of Plan 9). */
        OwnTree frozen(Unions unions, Unions.UnionLog log) throws ErrnoException {
            return frozen(unions, log, head.members().stream().map(UnionMember::id).toList());
        }

        /** The same of those that it had then, and still has. */
        OwnTree frozen(Unions unions, Unions.UnionLog log, List<Long> then) throws ErrnoException {
            List<UnionMember> members =
                    head.members().stream().filter(m -> then.contains(m.id())).toList();
            if (members.isEmpty()) {
                throw new ErrnoException(Errno.ENOENT, "members of a union");
            }
            UnionSpace space = unions.create(-1, log);
            UnionHead copy = space.open("1", new UnionSpace.UnionOptions(false), members.get(0));
            for (UnionMember member : members.subList(1, members.size())) {
                copy.add(member, false);
            }
            FileTree files = SubTree.of(copy.files(), names);
            return new OwnTree(new Frozen(Tree.served(files), space), place(then));
        }

        private HeadRecord.Own place(List<Long> members) {
            return new HeadRecord.Own(session, number, members, names);
        }
    }

    /** What an earlier platform presented, if this one does so already. */
    Optional<Place> find(HeadRecord.Own own) {
        return registry.find(own.session())
                .flatMap(session -> session.served().head(own.head()))
                .map(head -> new Place(own.session(), own.head(), head, own.names()));
    }

    private record Frozen(Tree tree, UnionSpace space) implements Attachment {
        @Override
        public void close() {
            space.close();
        }
    }

    /** @return empty if it is presented by others */
    Optional<Place> find(MountSpace space, Located located) throws ErrnoException {
        if (registry.ofDevice(located.stat().device()).isEmpty()) {
            // The table is long where there are many sessions
            return Optional.empty();
        }
        for (MountInfo.Entry mount : MountInfo.parse(space.mountInfo())) {
            if (mount.id() == located.stat().mountId() && mount.type().equals(FileServer.FILE_SYSTEM_TYPE)) {
                return find(mount, located.path());
            }
        }
        return Optional.empty();
    }

    private Optional<Place> find(MountInfo.Entry mount, BytePath path) {
        List<String> names = new ArrayList<>(names(mount.root().toString()));
        byte[] whole = path.bytes();
        int start = Math.min(mount.mountPoint().length(), whole.length);
        names.addAll(names(BytePath.of(Arrays.copyOfRange(whole, start, whole.length)).toString()));
        Optional<LiveSession> session = registry.ofDevice(mount.device());
        return session.isEmpty() ? Optional.empty() : place(session.get(), names);
    }

    private static Optional<Place> place(LiveSession session, List<String> names) {
        OptionalInt only = session.served().whole();
        if (only.isPresent()) {
            return place(session, only.getAsInt(), names);
        }
        return names.isEmpty()
                ? Optional.empty()
                : place(session, Integer.parseInt(names.get(0)), names.subList(1, names.size()));
    }

    private static Optional<Place> place(LiveSession session, int number, List<String> names) {
        return session.served().head(number).map(head -> new Place(session.id(), number, head, names));
    }

    private static List<String> names(String path) {
        return Arrays.stream(path.split("/")).filter(name -> !name.isEmpty()).toList();
    }
}
