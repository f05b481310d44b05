package org.froggr.fuse.internal;

/** One change of names: begins when the tree is about to make it, or has been found to have made it. */
final class NameChange implements AutoCloseable {
    private final NameChanges changes;
    private NameChanges.Section section;

    NameChange(NameChanges changes) {
        this.changes = changes;
    }

    /** Also called when it has begun. */
    void begin() {
        if (section == null) {
            section = changes.change();
        }
    }

    @Override
    public void close() {
        if (section != null) {
            section.close();
        }
    }
}
