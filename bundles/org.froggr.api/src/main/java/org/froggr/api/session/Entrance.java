package org.froggr.api.session;

import java.util.UUID;
import org.froggr.api.BytePath;
import org.osgi.annotation.versioning.ProviderType;

/** How a process of the caller gets inside a session ({@code frg exec}, {@code frg enter}). */
@ProviderType
public interface Entrance {
    UUID session();

    /** The process whose namespaces are entered. */
    long pid();

    /** Its start in clock ticks since boot, to be compared before it is trusted. */
    long processStart();

    /** Whether there is a mount namespace to enter. */
    boolean mountNamespace();

    /** Whether there is a user namespace to enter as well. */
    boolean userNamespace();

    /** Working directory, as seen inside. */
    BytePath directory();
}
