package org.froggr.api.session;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** One line of a session's operation history. */
@ProviderType
public interface HistoryEntry {
    Instant at();

    /** A verb, or what happened: {@code create}, {@code adopt}, {@code incident}. */
    String operation();

    /** As {@link org.froggr.api.ByteText}. */
    List<String> arguments();

    /** {@code ok}, or code and message of the error. */
    String result();

    Duration duration();
}
