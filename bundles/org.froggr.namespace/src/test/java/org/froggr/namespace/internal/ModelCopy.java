package org.froggr.namespace.internal;

import java.util.HashMap;
import java.util.Map;
import org.froggr.api.ErrnoException;
import org.froggr.spi.tree.MemoryTree;
import org.froggr.spi.tree.TreeUser;

/** Makes a tree that has the files of a member of the model. */
final class ModelCopy {
    private final TreeUser user;
    private final Map<Model.File, String> linked = new HashMap<>();

    private ModelCopy(TreeUser user) {
        this.user = user;
    }

    static void of(Model.File root, MemoryTree into) throws ErrnoException {
        TreeUser user = new TreeUser(into);
        new ModelCopy(user).copy(root, "");
        into.root();
        user.chmod("", root.mode);
        user.forgetAll();
    }

    private void copy(Model.File directory, String path) throws ErrnoException {
        for (Map.Entry<String, Model.File> entry : directory.names.entrySet()) {
            String at = path + entry.getKey();
            Model.File file = entry.getValue();
            if (file.isDirectory()) {
                user.mkdir(at);
                copy(file, at + "/");
            } else if (linked.containsKey(file)) {
                user.link(linked.get(file), at);
            } else if (file.symlink) {
                user.symlink(file.content, at);
                linked.put(file, at);
            } else {
                user.write(at, file.content);
                linked.put(file, at);
            }
            user.chmod(at, file.mode);
        }
    }
}
