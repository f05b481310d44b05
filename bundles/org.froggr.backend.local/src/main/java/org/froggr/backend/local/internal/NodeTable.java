package org.froggr.backend.local.internal;

import java.util.ArrayList;
import java.util.List;
import org.froggr.linux.StatxBuffer;
import org.froggr.spi.tree.FileName;

/**
 * The nodes in use, by mount and inode number; and what may change of them: how often they are referred to,
 * and their names. One lock guards both, and is never held during a system call.
 *
 * <p>A node is referred to by each look-up, each open file, and each name of a node in that directory. The
 * last of these gone, it is dropped.
 */
final class NodeTable {
    private static final int MAX_OTHER_NAMES = 16;

    private final NodeSlots slots = new NodeSlots();
    private List<LocalNode> dropped = new ArrayList<>();
    private List<Descriptor> released = new ArrayList<>();
    private volatile boolean hasDropped;

    /** Adds the root, which nobody forgets. */
    synchronized void addRoot(LocalNode root) {
        root.references = 1;
        slots.insert(root);
    }

    /** Nodes in use. */
    synchronized int size() {
        return slots.size();
    }

    /** The node of what was just looked up, referred to once more. */
    synchronized LocalNode lookedUp(SourceMount mount, StatxBuffer stat, LocalDirectory parent, FileName name) {
        LocalNode node = find(mount, stat);
        if (node == null) {
            node = LocalNode.of(mount, stat);
            slots.insert(node);
        }
        node.references++;
        if (parent != null) {
            addName(node, parent, name, stat.links());
        }
        return node;
    }

    /** The node of what was just looked at, if it is in use. */
    synchronized LocalNode find(SourceMount mount, StatxBuffer stat) {
        LocalNode node = slots.find(mount, stat.inode());
        if (node != null && !node.isSame(stat)) {
            // The number was given to another file: whoever still uses the node holds what is gone.
            slots.remove(node);
            return null;
        }
        return node;
    }

    /** Gives look-ups back. */
    synchronized void forget(LocalNode node, long lookups) {
        node.references -= (int) Math.min(lookups, node.references);
        dropIfUnused(node);
    }

    synchronized void opened(LocalNode node, LocalFile file) {
        node.references++;
        extras(node).add(file);
    }

    /** @return the locks, to be released, if nobody has it open any more; else null */
    synchronized FileLocks closed(LocalNode node, LocalFile file) {
        NodeExtras extras = node.extras;
        extras.remove(file);
        FileLocks locks = extras.hasOpenFiles() ? null : extras.takeLocks();
        if (extras.isEmpty()) {
            node.extras = null;
        }
        forget(node, 1);
        return locks;
    }

    /** A descriptor that means the file whatever its names are, with one more user; null if there is none. */
    synchronized Descriptor pin(LocalNode node) {
        return node.extras == null ? null : node.extras.pin();
    }

    synchronized FileLocks locks(LocalNode node) {
        return extras(node).locks();
    }

    /** Keeps a descriptor of what lost its last name; false, and it is still the caller's, if nobody uses it. */
    synchronized boolean hold(LocalNode node, Descriptor descriptor) {
        if (node.references == 0 || extras(node).held() != null) {
            return false;
        }
        extras(node).hold(descriptor);
        return true;
    }

    /** Gives up the descriptor that is kept of what lost its last name. */
    synchronized void letGo(LocalNode node) {
        if (node.extras != null && node.extras.held() != null && node.name == null) {
            release(node.extras);
            shrink(node);
        }
    }

    /** The file has this name too. */
    synchronized void named(LocalNode node, LocalDirectory parent, FileName name) {
        addName(node, parent, name, 2);
    }

    /** The file has lost this name; all of them, if it {@code died}. */
    synchronized void unnamed(LocalNode node, LocalDirectory parent, FileName name, boolean died) {
        removeName(node, parent, name);
        if (died) {
            slots.remove(node);
        }
    }

    /** The file was renamed. */
    synchronized void renamed(
            LocalNode node, LocalDirectory from, FileName name, LocalDirectory to, FileName newName) {
        if (node.references > 0) {
            addName(node, to, newName, 2);
            removeName(node, from, name);
        }
    }

    /** This name turned out to mean something else; whether there is another one to be tried now. */
    synchronized boolean tryAnother(LocalNode node, LocalDirectory parent, byte[] name) {
        if (node.parent != parent || node.name != name) {
            return true;
        }
        if (node.extras == null || node.extras.others().isEmpty()) {
            return false;
        }
        dropPrimary(node);
        return true;
    }

    private void addName(LocalNode node, LocalDirectory parent, FileName name, int links) {
        if (node.isRoot() || node.references == 0 || (node.parent == parent && name.is(node.name))) {
            return;
        }
        if (node.parent != null && links > 1 && !node.isDirectory()) {
            List<NodeExtras.Place> others = extras(node).others();
            if (others.removeIf(place -> place.parent() == parent && name.is(place.name()))) {
                parent.references--;
            }
            others.add(new NodeExtras.Place(node.parent, node.name));
            node.parent.references++;
            if (others.size() > MAX_OTHER_NAMES) {
                release(others.remove(0).parent());
            }
        } else if (node.extras != null) {
            dropOthers(node);
        }
        setPrimary(node, parent, name.bytes());
        if (node.extras != null && node.extras.held() != null) {
            release(node.extras);
            shrink(node);
        }
    }

    /** What has a name is found by it, and must not keep its space when it has lost it again. */
    private void release(NodeExtras extras) {
        released.add(extras.held());
        extras.hold(null);
        hasDropped = true;
    }

    private void removeName(LocalNode node, LocalDirectory parent, FileName name) {
        if (node.parent == parent && name.is(node.name)) {
            dropPrimary(node);
        } else if (node.extras != null
                && node.extras.others().removeIf(place -> place.parent() == parent && name.is(place.name()))) {
            shrink(node);
            release(parent);
        }
    }

    /** One of the other names takes its place. */
    private void dropPrimary(LocalNode node) {
        if (node.extras == null || node.extras.others().isEmpty()) {
            setPrimary(node, null, null);
            return;
        }
        List<NodeExtras.Place> others = node.extras.others();
        NodeExtras.Place place = others.remove(others.size() - 1);
        setPrimary(node, place.parent(), place.name());
        release(place.parent());
        shrink(node);
    }

    private void dropOthers(LocalNode node) {
        List<NodeExtras.Place> others = List.copyOf(node.extras.others());
        node.extras.others().clear();
        others.forEach(place -> release(place.parent()));
        shrink(node);
    }

    private static void shrink(LocalNode node) {
        if (node.extras != null && node.extras.isEmpty()) {
            node.extras = null;
        }
    }

    /** Readers take the name, then the parent, then look whether the name is still that one. */
    private void setPrimary(LocalNode node, LocalDirectory parent, byte[] name) {
        LocalDirectory old = node.parent;
        if (parent != null) {
            parent.references++;
        }
        node.name = null;
        node.parent = parent;
        node.name = name;
        if (old != null) {
            release(old);
        }
    }

    private void release(LocalDirectory parent) {
        parent.references--;
        dropIfUnused(parent);
    }

    private void dropIfUnused(LocalNode unused) {
        LocalNode node = unused;
        while (node != null && node.references == 0 && !node.isRoot()) {
            slots.remove(node);
            if (node.extras != null && !node.extras.others().isEmpty()) {
                dropOthers(node);
            }
            LocalDirectory parent = node.parent;
            node.name = null;
            node.parent = null;
            if (node.extras != null || node.isDirectory()) {
                dropped.add(node);
                hasDropped = true;
            }
            if (parent != null) {
                parent.references--;
            }
            node = parent;
        }
    }

    /** Whether something is to be taken by the next two. */
    boolean hasDropped() {
        return hasDropped;
    }

    /** Nodes that are in use no more and may have something to be closed; each is said once. */
    synchronized List<LocalNode> takeDropped() {
        List<LocalNode> taken = dropped;
        dropped = new ArrayList<>();
        hasDropped = !released.isEmpty();
        return taken;
    }

    /** Descriptors that are needed no more, each with one user to be taken away; each is said once. */
    synchronized List<Descriptor> takeReleased() {
        List<Descriptor> taken = released;
        released = new ArrayList<>();
        hasDropped = !dropped.isEmpty();
        return taken;
    }

    /** All of them. */
    synchronized List<LocalNode> all() {
        return slots.all();
    }

    private static NodeExtras extras(LocalNode node) {
        if (node.extras == null) {
            node.extras = new NodeExtras();
        }
        return node.extras;
    }
}
