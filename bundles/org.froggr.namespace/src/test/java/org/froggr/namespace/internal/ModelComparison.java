package org.froggr.namespace.internal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.froggr.spi.tree.Attributes;
import org.froggr.spi.tree.FileName;
import org.froggr.spi.tree.FileNode;
import org.froggr.spi.tree.MemoryBuffer;
import org.froggr.spi.tree.OpenDirectory;
import org.froggr.spi.tree.OpenFile;
import org.froggr.spi.tree.TestRequester;
import org.froggr.spi.tree.TreeUser;

/** Compares a union with the model: names, types, modes, contents, links, and whose number is whose. */
final class ModelComparison {
    private final Head head;
    private final Model model;
    private final TreeUser user;
    private final boolean plan9;
    private final Map<Long, Model.File> byNumber = new HashMap<>();
    private final Map<Model.File, Long> numbers = new IdentityHashMap<>();
    private final MemoryBuffer buffer = MemoryBuffer.of(64);

    ModelComparison(Head head, Model model, TreeUser user, boolean plan9) {
        this.head = head;
        this.model = model;
        this.user = user;
        this.plan9 = plan9;
    }

    void assertEquals(String what, Object expected, Object actual) {
        if (!expected.equals(actual)) {
            throw new AssertionError(what + ": " + actual + ", the rules say " + expected);
        }
    }

    /** Files may have other numbers now. */
    void forgetNumbers() {
        byNumber.clear();
        numbers.clear();
    }

    void compareTree() throws Exception {
        compareDirectory(new ArrayList<>(), head.root(), true);
    }

    /** The directory a path is in, and the one it is. */
    void compareAround(List<String> path) throws Exception {
        compareIfThere(path.subList(0, path.size() - 1));
        compareIfThere(path);
    }

    private void compareIfThere(List<String> path) throws Exception {
        List<Model.At> found;
        try {
            found = model.all(path);
        } catch (Model.Failure e) {
            return;
        }
        if (!found.isEmpty() && found.get(0).file().isDirectory()) {
            compareDirectory(path, user.node(String.join("/", path)), false);
        }
    }

    private void compareDirectory(List<String> path, FileNode node, boolean deep) throws Exception {
        TreeMap<String, Model.File> expected = model.list(path);
        List<String> listed = list(node);
        if (plan9) {
            assertEquals("entries of /" + String.join("/", path), model.countEntries(path), listed.size());
        } else {
            assertEquals("entries of /" + String.join("/", path) + " " + listed, expected.size(), listed.size());
        }
        assertEquals("names in /" + String.join("/", path), expected.keySet(), new TreeSet<>(listed));
        for (Map.Entry<String, Model.File> entry : expected.entrySet()) {
            List<String> below = new ArrayList<>(path);
            below.add(entry.getKey());
            Attributes out = new Attributes();
            out.clear();
            FileNode found = node.lookup(TreeUser.name(entry.getKey()), out);
            if (found == null) {
                throw new AssertionError("/" + String.join("/", below) + " is listed and not there");
            }
            try {
                compare(below, entry.getValue(), found, out);
                if (deep && entry.getValue().isDirectory()) {
                    compareDirectory(below, found, true);
                }
            } finally {
                found.forget(1);
            }
        }
    }

    private static List<String> list(FileNode node) throws Exception {
        try (OpenDirectory directory = node.openDirectory(TestRequester.ROOT)) {
            return TreeUser.list(directory);
        }
    }

    private void compare(List<String> path, Model.File expected, FileNode node, Attributes out) throws Exception {
        String at = "/" + String.join("/", path);
        assertEquals(at + " is a directory", expected.isDirectory(), out.isDirectory());
        assertEquals(at + " is a symbolic link", expected.symlink, out.isSymlink());
        assertEquals("mode of " + at, Integer.toOctalString(expected.mode), Integer.toOctalString(out.mode & 07777));
        if (expected.symlink) {
            assertEquals(at, expected.content, new String(node.readLink(), StandardCharsets.ISO_8859_1));
        } else if (!expected.isDirectory()) {
            assertEquals("content of " + at, expected.content, read(node));
            assertEquals("links of " + at, expected.links, out.links);
            compareNumber(at, expected, out.inode);
        }
    }

    /** Rule 12: one file has one number, and no other has it. */
    private void compareNumber(String at, Model.File file, long number) {
        Long known = numbers.putIfAbsent(file, number);
        if (known != null && known != number) {
            throw new AssertionError("number of " + at + " was " + known + " and is " + number);
        }
        Model.File other = byNumber.putIfAbsent(number, file);
        if (other != null && other != file) {
            throw new AssertionError(at + " has the number of another file: " + number);
        }
    }

    private String read(FileNode node) throws Exception {
        try (OpenFile file = node.open(0, TestRequester.ROOT)) {
            int count = file.read(0, buffer);
            return new String(MemoryBuffer.content(buffer, count), StandardCharsets.ISO_8859_1);
        }
    }

    /** A directory that is listed a few names at a time has the same names. */
    void listInPages(List<String> path, int most) throws Exception {
        List<Model.At> found;
        try {
            found = model.all(path);
        } catch (Model.Failure e) {
            return;
        }
        if (found.isEmpty() || !found.get(0).file().isDirectory()) {
            return;
        }
        List<String> names = new ArrayList<>();
        try (OpenDirectory directory = user.node(String.join("/", path)).openDirectory(TestRequester.ROOT)) {
            long[] offset = new long[1];
            int before;
            do {
                before = names.size();
                int limit = before + most;
                directory.read(offset[0], (name, inode, type, next) -> {
                    if (names.size() == limit) {
                        return false;
                    }
                    offset[0] = next;
                    return names.add(name.toString());
                });
            } while (names.size() > before);
        }
        assertEquals("names in pages", model.list(path).keySet(), new TreeSet<>(names));
        assertEquals("entries in pages", plan9 ? model.countEntries(path) : model.list(path).size(), names.size());
    }

    /** What a member has, seen or not. */
    void compareMember(ModelRun.Pair pair) throws Exception {
        compareFiles("member " + pair.id, pair.model.root, pair.tree.root());
    }

    private void compareFiles(String at, Model.File expected, FileNode directory) throws Exception {
        assertEquals("names in " + at, expected.names.keySet(), new TreeSet<>(list(directory)));
        for (Map.Entry<String, Model.File> entry : expected.names.entrySet()) {
            Attributes out = new Attributes();
            FileNode node = directory.lookup(FileName.of(entry.getKey()), out);
            String below = at + "/" + entry.getKey();
            assertEquals(below + " is a directory", entry.getValue().isDirectory(), out.isDirectory());
            if (entry.getValue().isDirectory()) {
                compareFiles(below, entry.getValue(), node);
            } else if (out.isRegular()) {
                assertEquals("content of " + below, entry.getValue().content, read(node));
            }
            node.forget(1);
        }
    }
}
