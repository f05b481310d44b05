package org.froggr.api.session;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.froggr.api.FroggrException;
import org.osgi.annotation.versioning.ProviderType;

/** How the end of one session went. */
@ProviderType
public interface Ending {
    UUID session();

    /** Whether the session is gone: no mount, no process, no file. */
    boolean gone();

    /** Why it is not, with the holders of what is busy. */
    Optional<FroggrException> obstacle();

    /** What was undone, one sentence each. */
    List<String> notes();
}
