package org.froggr.session.internal.served;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Mounts;
import org.froggr.linux.OwnedFd;

/**
 * The local directories (without privilege: and files) that the unions of a session are made of, each kept as a clone in the session's
 * directory: a path may lead through a mount of ours that nobody answers while a platform takes over, or to
 * something else by then. In the clone what is mounted below is missing, or is there as it was when it was
 * bound, but never a mount of ours that is made over the directory itself. Changed under the session's lock.
 */
public final class Sources {
    /** Names of the clones begin with this. */
    public static final String NAME = "member-";

    private final Surroundings around;
    private final Map<Integer, KeptTree> kept = new ConcurrentHashMap<>();

    Sources(Surroundings around) {
        this.around = around;
    }

    /**
     * Keeps a directory for a member; leaves nothing behind when it throws.
     *
     * @param directory O_PATH descriptor
     */
    public void keep(int member, int directory, BytePath path, boolean recursive)
            throws ErrnoException, InterruptedException {
        BytePath place = around.makeDirectory(NAME + member);
        try {
            kept.put(
                    member,
                    KeptTree.keep(around, directory, path, place, recursive, Mounts.MS_PRIVATE));
        } catch (ErrnoException | InterruptedException | RuntimeException e) {
            around.removeDirectory(NAME + member);
            throw e;
        }
    }

    /** O_PATH descriptor of what is kept for a member, empty if nothing is. */
    public Optional<OwnedFd> open(int member) throws ErrnoException {
        KeptTree tree = kept.get(member);
        return tree == null ? Optional.empty() : Optional.of(tree.open());
    }

    /** Goes on with what an earlier platform kept; returns whether there is something. */
    boolean adopt(int member, Mounted mounted) throws ErrnoException {
        Optional<KeptTree> tree = KeptTree.find(around, mounted, NAME + member);
        tree.ifPresent(there -> kept.put(member, there));
        return tree.isPresent();
    }

    /** A member's directory is used no more. */
    public void drop(int member) {
        KeptTree tree = kept.remove(member);
        if (tree != null) {
            try {
                tree.close();
                around.removeDirectory(NAME + member);
            } catch (ErrnoException e) {
                around.say("the clone of member " + member + " could not be unmounted: " + e.getMessage());
            }
        }
    }

    List<String> mountPoints() {
        return kept.keySet().stream().map(member -> NAME + member).toList();
    }

    void dropAll() {
        kept.keySet().forEach(this::drop);
    }
}
