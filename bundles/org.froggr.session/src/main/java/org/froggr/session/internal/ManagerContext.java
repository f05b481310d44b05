package org.froggr.session.internal;

import java.util.Optional;
import java.util.function.Supplier;
import org.froggr.api.session.PlatformHome;
import org.froggr.session.internal.pipes.SessionPipes;
import org.froggr.session.internal.process.AnchorLauncher;
import org.froggr.session.internal.process.AnchorSweep;
import org.froggr.session.internal.process.MountWatch;
import org.froggr.session.internal.process.ProcessWatch;
import org.froggr.session.internal.store.SessionStore;
import org.froggr.spi.presentation.FileServer;
import org.froggr.spi.presentation.MountSpace;
import org.froggr.spi.presentation.Presenter;
import org.froggr.spi.presentation.Unions;
import org.froggr.spi.recovery.RecoveryPolicy;
import org.osgi.service.log.Logger;

/**
 * What the parts of the session manager share.
 *
 * @param ownSpace the mount namespace that the platform itself is in
 * @param ownNamespace its inode number
 * @param bootId of this boot of the machine
 * @param predecessor the platform before, if it did not end in order
 */
record ManagerContext(
        PlatformHome home,
        SessionStore store,
        Registry registry,
        Backends backends,
        Services<Presenter> presenters,
        Supplier<Optional<FileServer>> fileServer,
        Supplier<Optional<Unions>> unions,
        Services<RecoveryPolicy> policies,
        AnchorLauncher launcher,
        ProcessWatch processes,
        MountWatch mounts,
        AnchorSweep sweep,
        SessionPipes pipes,
        Syncs syncs,
        MountSpace ownSpace,
        long ownNamespace,
        String bootId,
        Supplier<Settings> inForce,
        Optional<Predecessor> predecessor,
        Missing missing,
        Logger log) {
    /** The settings in force now. */
    Settings settings() {
        return inForce.get();
    }
}
