package org.froggr.session.internal;

import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.froggr.api.BytePath;
import org.froggr.api.session.UnmountMode;
import org.froggr.spi.backend.AttachRequest;
import org.froggr.spi.presentation.MountSpace;
import org.froggr.spi.presentation.PresentRequest;
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

    record Withdraw(MountSpace space, BytePath targetPath, long mountId, boolean recursive, UnmountMode mode)
            implements WithdrawRequest {}
}
