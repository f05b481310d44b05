package org.froggr.spi.backend;

import java.util.Objects;
import org.froggr.api.BytePath;
import org.froggr.spi.tree.FileTree;

/** What a backend produces. Only the platform switches over it; backends use the factories. */
public sealed interface Tree {
    /**
     * A tree that the kernel serves already.
     *
     * @param directory where the platform's process finds it: a directory or a file
     */
    record Kernel(BytePath directory) implements Tree {
        public Kernel {
            Objects.requireNonNull(directory);
        }
    }

    /** A tree that the platform itself presents. */
    record Served(FileTree files) implements Tree {
        public Served {
            Objects.requireNonNull(files);
        }
    }

    /** A tree that the kernel serves at this path. */
    static Tree kernel(BytePath directory) {
        return new Kernel(directory);
    }

    /** A tree that the platform is to present, through FUSE. */
    static Tree served(FileTree files) {
        return new Served(files);
    }
}
