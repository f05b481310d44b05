package org.froggr.namespace.internal;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Ids;
import org.froggr.spi.presentation.UnionMember;
import org.froggr.spi.tree.Attributes;
import org.froggr.spi.tree.FileNode;
import org.froggr.spi.tree.FileTree;

/** One tree of a union, from its binding to the end of its last open file. */
final class Member {
    private static final int S_IFMT = 0170000;
    private static final int S_IFREG = 0100000;
    private static final int SET_IDS = 06000;
    private static final int EXECUTABLE = 0111;
    private static final int OWN_UID = (int) Ids.euid();
    private static final int OWN_GID = (int) Ids.egid();

    final Head head;
    final UnionMember bound;
    final Gate gate = new Gate();

    /** {@code ro}: whoever wants to change something gets EROFS. */
    final boolean readOnly;

    /** Open files and directories. */
    final Handles handles = new Handles();

    /** Which directory of the union shows a directory of this member. */
    final Map<FileNode, DirectoryNode> directories = new ConcurrentHashMap<>();

    private final boolean hidesSetIds;
    private final boolean hidesExecutable;
    private final boolean showsOwnIds;

    /** Replaced while nobody is inside the gate, together with {@link #epoch}. */
    private volatile FileTree tree;

    /** How often the tree was exchanged. A node of the member is valid with the epoch it was got in. */
    private volatile int epoch;

    private volatile boolean reported;
    private AutoCloseable watch;

    Member(Head head, UnionMember bound) {
        this.head = head;
        this.bound = bound;
        tree = bound.tree();
        readOnly = bound.flags().contains("ro");
        hidesSetIds = bound.flags().contains("nosuid");
        hidesExecutable = bound.flags().contains("noexec");
        showsOwnIds = bound.flags().contains(UnionMember.OWN_IDS);
    }

    FileTree tree() {
        return tree;
    }

    int epoch() {
        return epoch;
    }

    /** The member as it is now. */
    UnionMember described() {
        return new UnionMember(
                bound.id(), bound.label(), tree, bound.receivesNew(), bound.original(), bound.flags());
    }

    /** The root of its tree, at present. */
    Part root() {
        while (true) {
            int now = epoch;
            FileNode root = tree.root();
            if (now == epoch) {
                return new Part(this, root, now, false);
            }
        }
    }

    /** The gate is closed, and nobody is inside. */
    void replaceTree(FileTree newTree) {
        tree = newTree;
        epoch++;
        reported = false;
    }

    /** Begins to hear of changes from elsewhere. */
    synchronized void watch() {
        watch = tree.watch(new MemberEvents(this));
    }

    synchronized void unwatch() {
        AutoCloseable ended = watch;
        watch = null;
        try {
            if (ended != null) {
                ended.close();
            }
        } catch (Exception e) {
            head.say(bound.label() + ": cannot end the watch: " + e);
        }
    }

    void checkWritable(String operation) throws ErrnoException {
        if (readOnly) {
            throw new ErrnoException(Errno.EROFS, operation);
        }
    }

    /** Turns what the tree says into what the union says (rules 12 and 18). */
    void show(Attributes out) {
        out.inode = head.space.numbers.of(out.device, out.inode);
        out.device = head.space.device();
        if ((hidesSetIds || hidesExecutable) && (out.mode & S_IFMT) == S_IFREG) {
            out.mode &= ~((hidesSetIds ? SET_IDS : 0) | (hidesExecutable ? EXECUTABLE : 0));
        }
        if (showsOwnIds) {
            out.uid = OWN_UID;
            out.gid = OWN_GID;
        }
        head.limitValidity(out);
    }

    /**
     * Whether this error means that the member cannot answer, and is to be passed over (rule 4). Says so once.
     * Other errors concern the program that asked, or all members alike.
     */
    boolean isPassedOver(ErrnoException e) {
        boolean failing = Errno.of(e.number()).map(Member::isFailure).orElse(false);
        if (failing && !reported) {
            reported = true;
            head.say(bound.label() + " does not answer and is passed over: " + e.getMessage());
        }
        return failing;
    }

    private static boolean isFailure(Errno errno) {
        return switch (errno) {
            case EIO,
                    ENOTCONN,
                    ESTALE,
                    ETIMEDOUT,
                    ENODEV,
                    ENXIO,
                    EACCES,
                    EPERM,
                    EHOSTDOWN,
                    EHOSTUNREACH,
                    ENETDOWN,
                    ENETUNREACH,
                    ECONNRESET,
                    ECONNABORTED,
                    ECONNREFUSED,
                    ESHUTDOWN,
                    EREMOTEIO,
                    EUCLEAN -> true;
            default -> false;
        };
    }

    /** An error that stands for something else than a tree may throw. */
    static ErrnoException broken(RuntimeException e) {
        ErrnoException error = new ErrnoException(Errno.EIO.number(), "tree (" + e + ")", null);
        error.initCause(e);
        return error;
    }

    @Override
    public String toString() {
        return bound.id() + " " + bound.label();
    }
}
