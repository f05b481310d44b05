package org.froggr.session.internal;

import java.util.List;
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

    /** A mount that cannot be undone because it is in use. */
    static FroggrException mount(EntryRecord entry, ErrnoException cause) {
        BytePath blocking = cause.path();
        if (blocking != null && !blocking.equals(entry.target()) && blocking.startsWith(entry.target())) {
            return FroggrException.of(
                            Fault.BUSY, entry.target().quoted() + " is in use by the mount on " + blocking.quoted())
                    .about(entry.target())
                    .hint("unmount " + blocking.quoted() + " first, or --lazy")
                    .causedBy(cause);
        }
        return of(entry.target().quoted() + " is in use", Holders.of(entry.mount()))
                .about(entry.target())
                .causedBy(cause);
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
