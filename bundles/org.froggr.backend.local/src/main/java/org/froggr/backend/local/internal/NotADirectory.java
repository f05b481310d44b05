package org.froggr.backend.local.internal;

import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.spi.tree.Attributes;
import org.froggr.spi.tree.CreatedFile;
import org.froggr.spi.tree.FileName;
import org.froggr.spi.tree.FileNode;
import org.froggr.spi.tree.OpenDirectory;
import org.froggr.spi.tree.Requester;

/** What every file but a directory answers to what is asked of directories. */
abstract class NotADirectory implements FileNode {
    private static ErrnoException error(String operation) {
        return new ErrnoException(Errno.ENOTDIR, operation);
    }

    @Override
    public FileNode lookup(FileName name, Attributes out) throws ErrnoException {
        throw error("lookup");
    }

    @Override
    public OpenDirectory openDirectory(Requester by) throws ErrnoException {
        throw error("opendir");
    }

    @Override
    public CreatedFile create(FileName name, int flags, int mode, Requester by, Attributes out)
            throws ErrnoException {
        throw error("create");
    }

    @Override
    public CreatedFile createUnnamed(int flags, int mode, Requester by, Attributes out) throws ErrnoException {
        throw error("tmpfile");
    }

    @Override
    public FileNode makeNode(FileName name, int mode, int device, Requester by, Attributes out)
            throws ErrnoException {
        throw error("mknod");
    }

    @Override
    public FileNode makeDirectory(FileName name, int mode, Requester by, Attributes out) throws ErrnoException {
        throw error("mkdir");
    }

    @Override
    public FileNode makeSymlink(FileName name, byte[] target, Requester by, Attributes out) throws ErrnoException {
        throw error("symlink");
    }

    @Override
    public FileNode link(FileNode file, FileName name, Requester by, Attributes out) throws ErrnoException {
        throw error("link");
    }

    @Override
    public void unlink(FileName name, Requester by) throws ErrnoException {
        throw error("unlink");
    }

    @Override
    public void removeDirectory(FileName name, Requester by) throws ErrnoException {
        throw error("rmdir");
    }

    @Override
    public void rename(FileName name, FileNode to, FileName newName, int flags, Requester by)
            throws ErrnoException {
        throw error("rename");
    }
}
