package org.froggr.session.internal;

import java.util.List;
import java.util.Optional;
import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.froggr.session.internal.process.Holder;
import org.froggr.session.internal.process.Holders;
import org.froggr.session.internal.store.EntryRecord;

/** Names who keeps something busy. */
final class Busy {
    private static final int MOST_SHOWN = 5;

    private Busy() {}

    /**
     * A mount that cannot be undone because it is in use.
     *
     * @param seen who was seen to use it; if nobody, it is looked again
     */
    static FroggrException mount(EntryRecord entry, ErrnoException cause, List<Holder> seen) {
        Optional<BytePath> blocking = byMountBelow(entry, cause);
        if (blocking.isPresent()) {
            return FroggrException.of(
                            Fault.BUSY,
                            entry.target().quoted() + " is in use by the mount on " + blocking.get().quoted())
                    .about(entry.target())
                    .hint("unmount " + blocking.get().quoted() + " first, or --lazy")
                    .causedBy(cause);
        }
        return of(entry.target().quoted() + " is in use", seen.isEmpty() ? Holders.of(entry.mount()) : seen)
                .about(entry.target())
                .causedBy(cause);
    }

    /** The mount below an entry's that an unmount failed for, if it was one. */
    static Optional<BytePath> byMountBelow(EntryRecord entry, ErrnoException cause) {
        return Optional.ofNullable(cause.path())
                .filter(path -> !path.equals(entry.target()) && path.startsWith(entry.target()));
    }

    /** A private namespace with processes in it. */
    static FroggrException namespace(LiveSession session, List<Holder> inside) {
        return of("the namespace of session " + session.label() + " is in use", inside).about(BytePath.of(session.record().root()));
    }

    private static FroggrException of(String what, List<Holder> holders) {
        String by = holders.isEmpty() ? " by something that cannot be seen from here, or by a mount on it" : " by " + list(holders);
        return FroggrException.of(Fault.BUSY, what + by).hint("end what uses it, or --lazy");
    }

    private static String list(List<Holder> holders) {
        List<String> shown = holders.stream()
                .limit(MOST_SHOWN)
                .map(h -> "process " + h.pid() + " " + h.command() + " (" + h.path().quoted() + ")")
                .toList();
        int more = holders.size() - shown.size();
        return String.join(", ", shown) + (more > 0 ? " and " + more + " more" : "");
    }
}
