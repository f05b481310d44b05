package org.froggr.session.internal;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.LongPredicate;
import org.froggr.api.BytePath;
import org.froggr.api.session.UnmountMode;
import org.froggr.session.internal.store.EntryRecord;
import org.froggr.spi.backend.AttachRequest;
import org.froggr.spi.presentation.MountSpace;
import org.froggr.spi.presentation.PresentRequest;
import org.froggr.spi.presentation.Submount;
import org.froggr.spi.presentation.WithdrawRequest;

/** What the session manager hands to backends and presenters. */
final class Calls {
    private Calls() {}

    record Attach(
            String scheme, String source, OptionalInt descriptor, List<String> options, boolean readOnly, long owner)
            implements AttachRequest {}

    record Present(
            MountSpace space,
            int source,
            BytePath sourcePath,
            int target,
            BytePath targetPath,
            boolean recursive,
            Set<String> flags)
            implements PresentRequest {}

    record Withdraw(
            MountSpace space,
            BytePath targetPath,
            long mountId,
            boolean recursive,
            UnmountMode mode,
            Optional<List<Submount>> cameAlong,
            LongPredicate entries)
            implements WithdrawRequest {
        static Withdraw of(MountSpace space, EntryRecord entry, UnmountMode mode, LongPredicate entries) {
            return new Withdraw(
                    space, entry.target(), entry.mount(), entry.recursive(), mode,
                    Optional.ofNullable(entry.along()).map(List::copyOf), entries);
        }

        @Override
        public boolean isEntry(long id) {
            return entries.test(id);
        }
    }
}
