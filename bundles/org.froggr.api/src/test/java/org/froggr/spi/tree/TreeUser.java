package org.froggr.spi.tree;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.junit.jupiter.api.Assertions;

/**
 * Uses a tree by paths, as a program would through the kernel, for tests: {@code "d/x"}. Every node it gets is
 * given back by {@link #forgetAll}.
 */
public final class TreeUser {
    // asm-generic/fcntl.h
    public static final int O_WRONLY = 01;
    public static final int O_RDWR = 02;
    public static final int O_EXCL = 0200;
    public static final int O_TRUNC = 01000;
    public static final int O_APPEND = 02000;
    // linux/fs.h
    public static final int NOREPLACE = 1;
    public static final int EXCHANGE = 2;

    /** What is called, and may throw. */
    @FunctionalInterface
    public interface Call {
        void run() throws Exception;
    }

    private final FileTree tree;
    private final Requester by;
    private final IntFunction<IoBuffer> buffers;
    private final Map<FileNode, Long> known = new HashMap<>();

    /** One who asks as this requester, with buffers of at least a length. */
    public TreeUser(FileTree tree, Requester by, IntFunction<IoBuffer> buffers) {
        this.tree = tree;
        this.by = by;
        this.buffers = buffers;
    }

    /** The superuser, with memory of the heap. */
    public TreeUser(FileTree tree) {
        this(tree, TestRequester.ROOT, MemoryBuffer::of);
    }

    /** The error that a call fails with. */
    public static Errno errorOf(Call call) {
        ErrnoException error = Assertions.assertThrows(ErrnoException.class, call::run);
        return Errno.of(error.number()).orElseThrow();
    }

    public static FileName name(String text) {
        return FileName.of(text.getBytes(ISO_8859_1));
    }

    /** Notes a look-up. */
    public FileNode keep(FileNode node) {
        if (node != null && node != tree.root()) {
            known.merge(node, 1L, Long::sum);
        }
        return node;
    }

    /** Gives all look-ups back. */
    public void forgetAll() {
        known.forEach(FileNode::forget);
        known.clear();
    }

    /** The node of a path, {@code ""} for the root; null if the last name is not there. */
    public FileNode find(String path, Attributes out) throws ErrnoException {
        FileNode node = tree.root();
        out.clear();
        node.attributes(out);
        for (String part : path.isEmpty() ? new String[0] : path.split("/")) {
            if (node == null) {
                throw new ErrnoException(Errno.ENOENT, "walk");
            }
            out.clear();
            node = keep(node.lookup(name(part), out));
        }
        return node;
    }

    /** The node of a path that is there. */
    public FileNode node(String path) throws ErrnoException {
        FileNode node = find(path, new Attributes());
        if (node == null) {
            throw new ErrnoException(Errno.ENOENT, "walk");
        }
        return node;
    }

    public boolean exists(String path) throws ErrnoException {
        return find(path, new Attributes()) != null;
    }

    public Attributes stat(String path) throws ErrnoException {
        Attributes out = new Attributes();
        if (find(path, out) == null) {
            throw new ErrnoException(Errno.ENOENT, "walk");
        }
        return out;
    }

    private FileNode parent(String path) throws ErrnoException {
        int slash = path.lastIndexOf('/');
        return node(slash < 0 ? "" : path.substring(0, slash));
    }

    private static FileName last(String path) {
        return name(path.substring(path.lastIndexOf('/') + 1));
    }

    public OpenFile create(String path, int flags, int mode) throws ErrnoException {
        CreatedFile made = parent(path).create(last(path), flags, mode, by, new Attributes());
        keep(made.node());
        return made.file();
    }

    /** Makes a file with this content, or overwrites it. */
    public void write(String path, String text) throws ErrnoException {
        try (OpenFile file = exists(path)
                ? node(path).open(O_WRONLY | O_TRUNC, by)
                : create(path, O_WRONLY | O_EXCL, 0100644)) {
            write(file, 0, text);
        }
    }

    public int write(OpenFile file, long offset, String text) throws ErrnoException {
        byte[] bytes = text.getBytes(ISO_8859_1);
        return file.write(offset, buffer(bytes), false, by);
    }

    /** A buffer with exactly these bytes. */
    public IoBuffer buffer(byte[] bytes) {
        IoBuffer buffer = buffers.apply(bytes.length);
        buffer.bytes().put(bytes);
        return buffer;
    }

    public String read(String path) throws ErrnoException {
        try (OpenFile file = node(path).open(0, by)) {
            return read(file);
        }
    }

    /** Up to 64 KiB. */
    public String read(OpenFile file) throws ErrnoException {
        Attributes now = new Attributes();
        file.attributes(now);
        IoBuffer buffer = buffers.apply((int) Math.min(now.size + 1, 65536));
        int count = file.read(0, buffer);
        return new String(MemoryBuffer.content(buffer, count), ISO_8859_1);
    }

    public OpenFile open(String path, int flags) throws ErrnoException {
        return node(path).open(flags, by);
    }

    public void mkdir(String path) throws ErrnoException {
        mkdir(path, 0755);
    }

    public void mkdir(String path, int mode) throws ErrnoException {
        keep(parent(path).makeDirectory(last(path), mode, by, new Attributes()));
    }

    public void mknod(String path, int mode) throws ErrnoException {
        keep(parent(path).makeNode(last(path), mode, 0, by, new Attributes()));
    }

    public void symlink(String target, String path) throws ErrnoException {
        keep(parent(path).makeSymlink(last(path), target.getBytes(ISO_8859_1), by, new Attributes()));
    }

    public void link(String file, String path) throws ErrnoException {
        FileNode node = node(file);
        keep(parent(path).link(node, last(path), by, new Attributes()));
    }

    public void unlink(String path) throws ErrnoException {
        parent(path).unlink(last(path), by);
    }

    public void rmdir(String path) throws ErrnoException {
        parent(path).removeDirectory(last(path), by);
    }

    public void rename(String from, String to) throws ErrnoException {
        rename(from, to, 0);
    }

    public void rename(String from, String to, int flags) throws ErrnoException {
        parent(from).rename(last(from), parent(to), last(to), flags, by);
    }

    public void change(String path, AttributeChanges changes) throws ErrnoException {
        node(path).change(changes, by, new Attributes());
    }

    public void chmod(String path, int mode) throws ErrnoException {
        AttributeChanges changes = new AttributeChanges();
        changes.what = AttributeChanges.MODE;
        changes.mode = mode;
        change(path, changes);
    }

    public void truncate(String path, long size) throws ErrnoException {
        AttributeChanges changes = new AttributeChanges();
        changes.what = AttributeChanges.SIZE;
        changes.size = size;
        change(path, changes);
    }

    /** The names in a directory, in the order listed. */
    public List<String> list(String path) throws ErrnoException {
        try (OpenDirectory directory = node(path).openDirectory(by)) {
            return list(directory);
        }
    }

    public static List<String> list(OpenDirectory directory) throws ErrnoException {
        List<String> names = new ArrayList<>();
        directory.read(0, (name, inode, type, next) -> names.add(new String(name.bytes(), ISO_8859_1)));
        return names;
    }
}
