package org.froggr.api.session;

import java.util.List;
import java.util.UUID;
import org.froggr.api.BytePath;
import org.froggr.api.FroggrException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A living or failed session. All methods may be called from any thread. After the session has
 * ended, {@link #info} goes on to answer and the rest throws NO_SESSION.
 */
@ProviderType
public interface Session {
    UUID id();

    SessionInfo info();

    /** In the order in which they were made. */
    List<NamespaceEntry> entries();

    /** The namespace as lines that {@code frg} can replay (ns(1) of Plan 9), as ByteText. */
    String namespaceText();

    /** The newest {@code most} lines of the history, oldest first. */
    List<HistoryEntry> history(int most) throws FroggrException;

    /** Measured now; takes about a millisecond a process. */
    List<Resource> resources() throws FroggrException;

    /** What the platform itself presents, in the order in which it was made. */
    List<UnionInfo> unions();

    HealthReport health();

    /** Where its files are. */
    BytePath directory();

    Entrance entrance() throws FroggrException;

    /**
     * Tells the session of a mount that was made by other means. The session then tracks it, checks
     * it and unmounts it when it ends.
     *
     * @param source what was mounted, as it shall be shown
     * @param target absolute; must be a mount point now
     * @throws FroggrException NOT_MOUNTED if nothing is mounted there, LIMIT, NO_SESSION
     */
    void notifyMountSuccess(String source, BytePath target) throws FroggrException;

    /** The same for a bind. */
    void notifyBindSuccess(BytePath source, BytePath target) throws FroggrException;
}
