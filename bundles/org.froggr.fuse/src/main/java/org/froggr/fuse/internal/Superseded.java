package org.froggr.fuse.internal;

/**
 * A request is not performed here: it was sent again since it was read, so that it is somebody else's, and what it
 * asks for may have been done, and answered, by now.
 */
final class Superseded extends RuntimeException {
    private static final long serialVersionUID = 1;

    Superseded() {
        super("sent again", null, false, false);
    }
}
