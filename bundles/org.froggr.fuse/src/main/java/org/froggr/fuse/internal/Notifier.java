package org.froggr.fuse.internal;

import org.froggr.spi.tree.FileNode;
import org.froggr.spi.tree.TreeListener;

/**
 * Tells the kernel of changes that came from elsewhere, on the thread that tells of them and with no lock
 * held: the kernel may wait for operations under way. What it does not know it need not forget, so errors
 * (ENOENT, or ENODEV at the end) are fine.
 *
 * <p>A name that changed is marked as expired where the kernel can do that (EXPIRE_ONLY, 7.38): it is looked
 * up again, and goes if it means another file then. FUSE_NOTIFY_DELETE is not used, and the plain form only
 * with older kernels: both would also take away what is mounted below a name that still means the same.
 */
final class Notifier implements TreeListener {
    private final Served served;
    private final SideChannel side;
    private final int entryFlags;

    Notifier(Served served) {
        this.served = served;
        this.side = served.side;
        this.entryFlags = served.protocol.has(FuseWire.HAS_EXPIRE_ONLY) ? FuseWire.EXPIRE_ONLY : 0;
    }

    @Override
    public void entryChanged(FileNode directory, byte[] name) {
        long id = served.nodes.idOf(directory);
        if (id != 0) {
            side.invalidateEntry(id, name, entryFlags);
        }
    }

    @Override
    public void attributesChanged(FileNode node) {
        invalidate(node, SideChannel.ATTRIBUTES_ONLY);
    }

    @Override
    public void contentsChanged(FileNode node) {
        invalidate(node, SideChannel.ALL_CONTENTS);
    }

    private void invalidate(FileNode node, long offset) {
        long id = served.nodes.idOf(node);
        if (id != 0) {
            side.invalidate(id, offset);
        }
    }
}
