package org.froggr.namespace.internal;

import java.util.List;
import org.froggr.api.ErrnoException;
import org.froggr.spi.tree.FileName;
import org.froggr.spi.tree.FileNode;

/** Finds out which members have a directory. Called inside no gate. */
final class Views {
    private static final Part[] NO_PARTS = {};

    private Views() {}

    /** Finds out the present view of a directory, and puts it in place. */
    static View refresh(DirectoryNode directory) throws ErrnoException {
        while (true) {
            View before = directory.lastView();
            byte[] name = directory.name;
            if (before != null && directory.head().isCurrent(before)) {
                return before;
            }
            try {
                View found = directory.isRoot() ? ofRoot(directory.head()) : ofNamed(directory, before, name);
                if (directory.install(found, before, name)) {
                    return found;
                }
            } catch (Part.Exchanged e) {
                // Resolve it in the new tree.
            }
        }
    }

    private static View ofRoot(Head head) {
        int epoch = head.viewEpoch();
        Members members = head.present();
        Part[] parts = new Part[members.all.size()];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = members.all.get(i).root();
        }
        return new View(members, epoch, View.NEVER, parts, List.of());
    }

    private static View ofNamed(DirectoryNode directory, View last, byte[] name) throws ErrnoException {
        if (name == null) {
            return gone(directory);
        }
        View found = resolve(directory.parent, FileName.of(name));
        if (last != null && isAnother(last, found)) {
            forget(found);
            directory.detach();
            return gone(directory);
        }
        return found;
    }

    private static View gone(DirectoryNode directory) {
        return new View(
                directory.head().present(), directory.head().viewEpoch(), View.NEVER, NO_PARTS, List.of());
    }

    /** Whether a directory has been replaced by one that has nothing to do with it. */
    private static boolean isAnother(View last, View found) {
        if (last.parts.length == 0 || found.parts.length == 0 || last.sharesPartWith(found)) {
            return false;
        }
        for (Part part : last.parts) {
            if (!part.isCurrent()) {
                return false;
            }
        }
        return true;
    }

    /** The view of a directory by its name; its parts have a look-up each. */
    private static View resolve(DirectoryNode parent, FileName name) throws ErrnoException {
        View above = parent.view();
        Resolution its = new Resolution(above, parent.head().plan9);
        its.ask(0, name, null);
        return its.view();
    }

    /** When what has been found out so is to be asked again. One member hides nothing, whatever changes. */
    static long expiry(View above, int validityMillis) {
        return above.members.isOne()
                ? View.NEVER
                : Math.min(above.expires, System.nanoTime() + validityMillis * 1_000_000L);
    }

    /** Gives the look-ups of a view back that is not put in place. */
    static void forget(View view) {
        for (Part part : view.parts) {
            part.forget();
        }
    }

    /** Whether a directory that is looked up may be taken for this node of it. */
    static boolean has(View view, Member member, FileNode node) {
        Part part = view.in(member);
        return part != null && part.node == node;
    }
}
