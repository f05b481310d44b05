package org.froggr.api.session;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** What a verb did to a namespace. */
@ProviderType
public interface Change {
    /** The session as it was after the verb; its state tells whether it ended with it. */
    SessionInfo session();

    /** False if what was asked was so already. */
    boolean changed();

    /** All entries at the target afterwards, the visible one first. */
    List<NamespaceEntry> stack();

    /** What else a person should know, such as that the tree is read-only; one sentence each. */
    List<String> notes();
}
