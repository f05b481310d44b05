package org.froggr.backend.local.internal;

import org.froggr.spi.tree.FileTree;
import org.froggr.spi.tree.FileTreeContract;
import org.froggr.spi.tree.IoBuffer;
import org.junit.jupiter.api.AfterEach;

class LocalTreeOnTmpfsTest extends FileTreeContract {
    private Playground playground;

    @Override
    protected FileTree emptyTree() throws Exception {
        playground = new Playground(Playground.TMPFS);
        return playground.tree();
    }

    @Override
    protected IoBuffer buffer(int length) {
        return Native.of(length);
    }

    @AfterEach
    void remove() throws Exception {
        playground.close();
    }
}
