package org.froggr.api.session;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.froggr.api.BytePath;
import org.osgi.annotation.versioning.ProviderType;

/** One mount or bind of a session, at one moment. */
@ProviderType
public interface NamespaceEntry {
    EntryKind kind();

    /** An absolute path, or {@code scheme:rest}. */
    String source();

    /** Absolute, with symbolic links resolved. */
    BytePath target();

    BindOrder order();

    boolean recursive();

    /** Whether the target was made for it, or it receives new files ({@code -c}). */
    boolean create();

    /** Options in force, such as {@code ro}. */
    List<String> options();

    /** Type of the backend that produced the tree, such as {@code kernel}. */
    String type();

    /** The kernel's id of the mount (first field of {@code /proc/PID/mountinfo}), if it is there. */
    OptionalLong mountId();

    /** False once the mount was undone behind Froggr's back. */
    boolean present();

    /** Whether the session was merely told of it ({@link Session#notifyMountSuccess}). */
    boolean reported();

    Instant since();
}
