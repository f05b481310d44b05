package org.froggr.session.internal.checks;

import java.util.UUID;
import org.froggr.api.BytePath;

/**
 * Something of Froggr's own, or in Froggr's own place, that is not looked after.
 *
 * @param session that it belongs or belonged to; null if it is none's
 * @param number id of the mount, or number of the connection
 * @param path where it is mounted
 * @param holder process that has it open, 0 if there is none or it is not known
 */
public record Orphan(Kind kind, UUID session, long number, BytePath path, long holder) {
    /** What it is. */
    public enum Kind {
        /** Nobody answers what programs wait for, or its session is gone: to be aborted. */
        CONNECTION(true),
        /** A mount of a session that is gone: to be unmounted. */
        MOUNT(true),
        /** A living session's, held by its process only, while programs wait: the platform should answer. */
        UNSERVED(false),
        /** A living session's, and nobody has its device open any more. */
        DEAD(false),
        /** A mount below the home that is not Froggr's. */
        FOREIGN(false);

        private final boolean ours;

        Kind(boolean ours) {
            this.ours = ours;
        }

        /** Whether it may be undone without asking anybody. */
        public boolean mayGo() {
            return ours;
        }
    }

    /** One sentence for a log or a person. */
    public String text() {
        String of = session == null ? "" : " of session " + session;
        return switch (kind) {
            case CONNECTION -> "nobody answers the FUSE connection " + number + of + ", mounted at " + path.quoted();
            case MOUNT -> "the mount " + path.quoted() + of + ", which is gone, is still there";
            case UNSERVED -> "programs wait for the FUSE connection " + number + of + ", which nobody serves";
            case DEAD -> "the FUSE connection " + number + of + " is closed, its mounts only give errors";
            case FOREIGN -> "something that is not Froggr's is mounted at " + path.quoted();
        };
    }
}
