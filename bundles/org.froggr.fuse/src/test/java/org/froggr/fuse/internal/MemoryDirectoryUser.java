package org.froggr.fuse.internal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Fd;
import org.froggr.spi.tree.AttributeChanges;
import org.froggr.spi.tree.Attributes;
import org.froggr.spi.tree.CreatedFile;
import org.froggr.spi.tree.FileName;
import org.froggr.spi.tree.FileNode;
import org.froggr.spi.tree.FileTree;
import org.froggr.spi.tree.MemoryBuffer;
import org.froggr.spi.tree.OpenFile;
import org.froggr.spi.tree.TestRequester;

/** Somebody who changes a tree behind the mount's back; gives back what it looked up when closed. */
final class MemoryDirectoryUser implements AutoCloseable {
    private final FileTree tree;
    private final List<FileNode> found = new ArrayList<>();

    MemoryDirectoryUser(FileTree tree) {
        this.tree = tree;
    }

    FileNode find(String... names) throws ErrnoException {
        FileNode node = tree.root();
        for (String name : names) {
            node = node.lookup(FileName.of(name), new Attributes());
            found.add(node);
        }
        return node;
    }

    void write(String directory, String name, String text) throws ErrnoException {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        try (OpenFile file = find(directory, name).open(Fd.O_RDWR, TestRequester.ROOT)) {
            AttributeChanges empty = new AttributeChanges();
            empty.what = AttributeChanges.SIZE;
            file.change(empty, TestRequester.ROOT, new Attributes());
            file.write(0, MemoryBuffer.of(bytes), false, TestRequester.ROOT);
        }
    }

    void create(String directory, String name) throws ErrnoException {
        CreatedFile created =
                find(directory).create(FileName.of(name), Fd.O_RDWR, 0100644, TestRequester.ROOT, new Attributes());
        created.file().close();
        found.add(created.node());
    }

    @Override
    public void close() {
        found.forEach(node -> node.forget(1));
    }
}
