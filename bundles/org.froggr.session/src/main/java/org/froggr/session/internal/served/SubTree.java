package org.froggr.session.internal.served;

import java.util.List;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.spi.tree.Attributes;
import org.froggr.spi.tree.FileName;
import org.froggr.spi.tree.FileNode;
import org.froggr.spi.tree.FileSystemSpace;
import org.froggr.spi.tree.FileTree;
import org.froggr.spi.tree.TreeListener;

/** What is below a directory of a tree, as a tree of its own. */
public final class SubTree implements FileTree {
    private final FileTree whole;
    private final FileNode root;

    private SubTree(FileTree whole, FileNode root) {
        this.whole = whole;
        this.root = root;
    }

    /**
     * @param names way from the tree's root to the directory, as ByteText
     * @throws ErrnoException ENOENT
     */
    public static FileTree of(FileTree whole, List<String> names) throws ErrnoException {
        if (names.isEmpty()) {
            return whole;
        }
        FileNode node = whole.root();
        Attributes attributes = new Attributes();
        for (String name : names) {
            FileNode next = node.lookup(FileName.of(name), attributes);
            if (node != whole.root()) {
                node.forget(1);
            }
            if (next == null) {
                throw new ErrnoException(Errno.ENOENT, "lookup");
            }
            node = next;
        }
        return new SubTree(whole, node);
    }

    @Override
    public FileNode root() {
        return root;
    }

    @Override
    public void space(FileSystemSpace out) throws ErrnoException {
        whole.space(out);
    }

    @Override
    public AutoCloseable watch(TreeListener listener) {
        return whole.watch(listener);
    }

    @Override
    public FileNode find(byte[] persistentHandle) throws ErrnoException {
        return whole.find(persistentHandle);
    }

    @Override
    public void sync() throws ErrnoException {
        whole.sync();
    }
}
