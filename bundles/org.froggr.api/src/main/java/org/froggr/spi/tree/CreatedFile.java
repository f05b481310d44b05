package org.froggr.spi.tree;

import java.util.Objects;
import org.osgi.annotation.versioning.ProviderType;

/** A file that was created, and is open. */
@ProviderType
public final class CreatedFile {
    private final FileNode node;
    private final OpenFile file;

    private CreatedFile(FileNode node, OpenFile file) {
        this.node = Objects.requireNonNull(node);
        this.file = Objects.requireNonNull(file);
    }

    /** Both, the node being looked up once. */
    public static CreatedFile of(FileNode node, OpenFile file) {
        return new CreatedFile(node, file);
    }

    public FileNode node() {
        return node;
    }

    public OpenFile file() {
        return file;
    }
}
