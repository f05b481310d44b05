package org.froggr.spi.tree;

import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A file of any type: what the kernel calls an inode, whatever its names are.
 *
 * <p><b>Identity.</b> While a node is in use, a tree hands out the same object for the same file, so
 * that two hard links are one node; nodes are compared by {@code ==}. It keeps working when the file is
 * renamed, and for those who have it open when it was removed; otherwise it answers ESTALE.
 *
 * <p><b>Life.</b> Each method that returns a node counts as one look-up of it. {@link #forget} gives
 * look-ups back; when all are given back, nobody uses the node any more. A tree for which nodes cost
 * nothing need not count.
 *
 * <p><b>Permissions</b> have been checked by the caller of the tree for the requester. What is created
 * belongs to the requester (with the group of a directory that has S_ISGID, mkdir(2)), its umask applies
 * unless the directory has a default ACL (acl(5)).
 */
@ConsumerType
public interface FileNode {
    /**
     * Looks up a name in this directory; never {@code .} or {@code ..}.
     *
     * @param out gets the attributes of what was found
     * @return null if there is no such name
     * @throws ErrnoException ENOTDIR, ESTALE, EIO
     */
    FileNode lookup(FileName name, Attributes out) throws ErrnoException;

    /** The attributes, as lstat(2) has them. */
    void attributes(Attributes out) throws ErrnoException;

    /** Changes some attributes, all or none: chmod(2), chown(2), truncate(2), utimensat(2). */
    default void change(AttributeChanges changes, Requester by, Attributes out) throws ErrnoException {
        throw new ErrnoException(Errno.EROFS, "setattr");
    }

    /** Where this symbolic link points: readlink(2). */
    default byte[] readLink() throws ErrnoException {
        throw new ErrnoException(Errno.EINVAL, "readlink");
    }

    /**
     * Opens a regular file.
     *
     * @param flags of open(2), O_TRUNC among them, never O_CREAT or O_EXCL
     */
    OpenFile open(int flags, Requester by) throws ErrnoException;

    /** Opens a directory for listing. */
    OpenDirectory openDirectory(Requester by) throws ErrnoException;

    /**
     * Creates a regular file and opens it. Fails with EEXIST if the name is there and {@code flags} have
     * O_EXCL; without, what is there is opened, and truncated if O_TRUNC says so.
     *
     * @param mode type and permissions, the umask not applied yet
     */
    default CreatedFile create(FileName name, int flags, int mode, Requester by, Attributes out)
            throws ErrnoException {
        throw new ErrnoException(Errno.EROFS, "create");
    }

    /** Creates and opens a regular file without a name in this directory: O_TMPFILE of open(2). */
    default CreatedFile createUnnamed(int flags, int mode, Requester by, Attributes out) throws ErrnoException {
        throw new ErrnoException(Errno.EOPNOTSUPP, "tmpfile");
    }

    /**
     * mknod(2), also for regular files, FIFOs and sockets.
     *
     * @param device of a device, as {@link Attributes#rdev}
     */
    default FileNode makeNode(FileName name, int mode, int device, Requester by, Attributes out)
            throws ErrnoException {
        throw new ErrnoException(Errno.EROFS, "mknod");
    }

    /** mkdir(2). */
    default FileNode makeDirectory(FileName name, int mode, Requester by, Attributes out) throws ErrnoException {
        throw new ErrnoException(Errno.EROFS, "mkdir");
    }

    /** symlink(2). */
    default FileNode makeSymlink(FileName name, byte[] target, Requester by, Attributes out) throws ErrnoException {
        throw new ErrnoException(Errno.EROFS, "symlink");
    }

    /**
     * link(2): gives {@code file} another name in this directory.
     *
     * @param file a node of the same tree; also one of {@link #createUnnamed}
     * @param out gets the attributes of {@code file}
     * @return {@code file}, looked up once more
     */
    default FileNode link(FileNode file, FileName name, Requester by, Attributes out) throws ErrnoException {
        throw new ErrnoException(Errno.EROFS, "link");
    }

    /** unlink(2) of a name that is no directory. */
    default void unlink(FileName name, Requester by) throws ErrnoException {
        throw new ErrnoException(Errno.EROFS, "unlink");
    }

    /** rmdir(2). */
    default void removeDirectory(FileName name, Requester by) throws ErrnoException {
        throw new ErrnoException(Errno.EROFS, "rmdir");
    }

    /**
     * renameat2(2).
     *
     * @param to the directory of the new name, a node of the same tree
     * @param flags RENAME_NOREPLACE, RENAME_EXCHANGE (linux/fs.h); EINVAL for others
     */
    default void rename(FileName name, FileNode to, FileName newName, int flags, Requester by)
            throws ErrnoException {
        throw new ErrnoException(Errno.EROFS, "rename");
    }

    /**
     * getxattr(2) of this very file.
     *
     * @param out gets the value; ERANGE if it is larger. With no bytes remaining the length alone is asked
     * @return length in bytes, -1 if there is no such attribute
     * @throws ErrnoException EOPNOTSUPP if the tree has none at all
     */
    default int extendedAttribute(FileName name, IoBuffer out) throws ErrnoException {
        throw new ErrnoException(Errno.EOPNOTSUPP, "getxattr");
    }

    /** listxattr(2): names, each with a NUL at its end; as {@link #extendedAttribute} otherwise. */
    default int extendedAttributeNames(IoBuffer out) throws ErrnoException {
        throw new ErrnoException(Errno.EOPNOTSUPP, "listxattr");
    }

    /**
     * setxattr(2).
     *
     * @param flags XATTR_CREATE, XATTR_REPLACE
     * @param clearSetgid whether S_ISGID goes with a changed ACL, the requester not being in the file's group
     */
    default void setExtendedAttribute(FileName name, IoBuffer value, int flags, boolean clearSetgid, Requester by)
            throws ErrnoException {
        throw new ErrnoException(Errno.EOPNOTSUPP, "setxattr");
    }

    /** removexattr(2); ENODATA if there is none. */
    default void removeExtendedAttribute(FileName name, Requester by) throws ErrnoException {
        throw new ErrnoException(Errno.EOPNOTSUPP, "removexattr");
    }

    /** Gives look-ups back. Must not fail. */
    default void forget(long lookups) {}

    /**
     * What {@link FileTree#find} finds this file by, also after it has lost its names, as long as something keeps
     * it. At most 160 bytes.
     *
     * @return null if there is no such thing
     */
    default byte[] persistentHandle() throws ErrnoException {
        return null;
    }
}
