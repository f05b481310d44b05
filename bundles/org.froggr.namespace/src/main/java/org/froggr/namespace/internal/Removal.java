package org.froggr.namespace.internal;

import java.util.List;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.spi.tree.FileName;
import org.froggr.spi.tree.FileNode;
import org.froggr.spi.tree.OpenDirectory;
import org.froggr.spi.tree.OwnRequest;
import org.froggr.spi.tree.Requester;

/** Takes one name out of a directory of the union (rule 10). Used inside the gates. */
final class Removal {
    private final DirectoryNode directory;
    private final View view;
    private final FileName name;
    private final Requester by;

    Removal(DirectoryNode directory, View view, FileName name, Requester by) {
        this.directory = directory;
        this.view = view;
        this.name = name;
        this.by = by;
    }

    void unlink() throws ErrnoException {
        view.first();
        Part last = view.parts[view.parts.length - 1];
        if (!last.member.readOnly && last.member.handles.hasNone(directory, name) && unlinkInLast(last)) {
            return;
        }
        try (Search present = Search.first(view, name)) {
            unlink(present.first("unlink"));
        }
    }

    /**
     * Does so if it is known that no other part has the name: the last one finds out by itself what can be done.
     * Nothing is open there whose name would have to be forgotten.
     */
    private boolean unlinkInLast(Part last) throws ErrnoException {
        if (view.isMerged()) {
            try (Search others = Search.firstButLast(view, name)) {
                if (!others.matches.isEmpty()) {
                    unlink(others.matches.get(0));
                    return true;
                }
                if (!others.isCertain()) {
                    return false;
                }
            }
        }
        last.node.unlink(name, by);
        return true;
    }

    private void unlink(Search.Match match) throws ErrnoException {
        if (match.isDirectory()) {
            throw new ErrnoException(Errno.EISDIR, "unlink");
        }
        match.member().checkWritable("unlink");
        match.part.node.unlink(name, by);
        lost(directory, match, name);
    }

    /** The only part, if it may be changed: it then finds out by itself what can be done. */
    private Part only() throws ErrnoException {
        Part first = view.first();
        return view.isMerged() || first.member.readOnly ? null : first;
    }

    /** A file has lost a name. */
    static void lost(DirectoryNode directory, Search.Match match, FileName name) {
        PlainNode node = directory.head().table.find(match.member(), match.node);
        if (node != null) {
            node.lose(directory, name);
            node.release(1);
        }
    }

    void removeDirectory() throws ErrnoException {
        // Found before: what has the name afterwards may be a new one.
        DirectoryNode gone = (DirectoryNode) directory.head().table.find(directory, name.bytes(), true);
        try {
            Part only = only();
            if (only != null) {
                only.node.removeDirectory(name, by);
            } else {
                removeFromAll();
            }
            if (gone != null) {
                gone.detach();
            }
        } finally {
            if (gone != null) {
                gone.release(1);
            }
        }
    }

    private void removeFromAll() throws ErrnoException {
        try (Search present = Search.all(view, name)) {
            if (!present.first("rmdir").isDirectory()) {
                throw new ErrnoException(Errno.ENOTDIR, "rmdir");
            }
            remove(directory.head().plan9 ? present.matches.subList(0, 1) : present.directories());
        }
    }

    private void remove(List<Search.Match> all) throws ErrnoException {
        checkEmpty(all);
        for (Search.Match match : all) {
            match.member().checkWritable("rmdir");
        }
        if (all.size() == 1) {
            all.get(0).part.node.removeDirectory(name, by);
            return;
        }
        directory.head().structure.lock();
        try {
            directory.head().space.intents.perform(
                    () -> MergedRemoval.intent(directory, name, all), new MergedRemoval(all, name, by)::perform);
        } finally {
            directory.head().structure.unlock();
        }
    }

    /** Throws ENOTEMPTY if one of these directories has a name in it. */
    static void checkEmpty(List<Search.Match> directories) throws ErrnoException {
        for (Search.Match match : directories) {
            if (!isEmpty(match.node)) {
                throw new ErrnoException(Errno.ENOTEMPTY, "rmdir");
            }
        }
    }

    private static boolean isEmpty(FileNode node) throws ErrnoException {
        boolean[] found = new boolean[1];
        try (OpenDirectory open = node.openDirectory(OwnRequest.SELF)) {
            open.read(0, (name, inode, type, next) -> {
                found[0] = true;
                return false;
            });
        }
        return !found[0];
    }

    /** No directory has that name. */
    static void removed(DirectoryNode directory, FileName name) {
        DirectoryNode gone = (DirectoryNode) directory.head().table.find(directory, name.bytes(), true);
        if (gone != null) {
            gone.detach();
            gone.release(1);
        }
    }
}
