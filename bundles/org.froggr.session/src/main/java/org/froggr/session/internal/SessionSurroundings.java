package org.froggr.session.internal;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.froggr.api.session.UnmountMode;
import org.froggr.linux.DescriptorStore;
import org.froggr.linux.Fd;
import org.froggr.linux.MountFlags;
import org.froggr.linux.Mounts;
import org.froggr.linux.OwnedFd;
import org.froggr.linux.Stat;
import org.froggr.session.internal.process.Anchor;
import org.froggr.session.internal.process.Fusermount;
import org.froggr.session.internal.served.OwnTree;
import org.froggr.session.internal.served.Surroundings;
import org.froggr.session.internal.store.HeadRecord;
import org.froggr.spi.backend.Attachment;
import org.froggr.spi.backend.MountBackend;
import org.froggr.spi.presentation.FileServer;
import org.froggr.spi.presentation.MountSpace;
import org.froggr.spi.presentation.Unions;

/** What the served trees of one session get from the session manager. */
final class SessionSurroundings implements Surroundings {
    private final ManagerContext context;
    private final LiveSession session;

    SessionSurroundings(ManagerContext context, LiveSession session) {
        this.context = context;
        this.session = session;
    }

    @Override
    public Anchor anchor() throws FroggrException {
        return session.anchor().orElseThrow(() -> FroggrException.of(
                        Fault.UNAVAILABLE, "the session " + session.label() + " has no process")
                .hint("frg session " + session.id()));
    }

    @Override
    public boolean isDirect() {
        return Unprivileged.isTrue(session.record().mode());
    }

    @Override
    public DescriptorStore store() throws ErrnoException {
        return session.openStore();
    }

    @Override
    public void adoptStore() throws ErrnoException, FroggrException, InterruptedException {
        session.setStore(DescriptorStore.of(OwnedFd.of(held(Anchor.STORE))));
    }

    @Override
    public void hold(int device) throws FroggrException {
        session.replaceAnchor(device);
    }

    @Override
    public int device() throws ErrnoException, FroggrException, InterruptedException {
        try (OwnedFd device = OwnedFd.of(held(Anchor.FUSE))) {
            if (!Stat.of(device.number()).isCharacterDevice()) {
                throw new ErrnoException(Errno.EBADF, "device");
            }
            return device.release();
        }
    }

    private int held(int number) throws ErrnoException, FroggrException, InterruptedException {
        if (!context.settings().descriptorsBySocket()) {
            try {
                return anchor().held(number);
            } catch (ErrnoException e) {
                if (!e.is(Errno.EPERM)) {
                    throw e;
                }
                context.log().info("the kernel forbids to take descriptors of processes; they are sent");
            }
        }
        try (OwnedFd recovery = recovery()) {
            return context.fetch().fetch(anchor(), recovery.number(), session.files().recoveryPath(), number);
        }
    }

    @Override
    public MountSpace space() throws ErrnoException {
        try {
            return session.space();
        } catch (FroggrException e) {
            throw new ErrnoException(Errno.ESRCH.number(), "mount (" + e.getMessage() + ")", session.directory());
        }
    }

    @Override
    public BytePath makeDirectory(String name) throws ErrnoException {
        return session.files().makeMountPoint(BytePath.of(name));
    }

    @Override
    public BytePath directory() {
        return session.directory();
    }

    @Override
    public OwnedFd recovery() throws ErrnoException {
        return OwnedFd.of(session.files().openRecovery());
    }

    @Override
    public void save(List<HeadRecord> unions) throws ErrnoException {
        session.files().saveUnions(unions);
    }

    @Override
    public Duration operationLimit() {
        return Duration.ofSeconds(context.settings().operationSeconds());
    }

    @Override
    public void removeDirectory(String name) {
        try {
            session.files().removeMountPoint(BytePath.of(name));
        } catch (ErrnoException e) {
            context.log().warn("session {}: {}", session.id(), e.getMessage());
        }
    }

    static FileServer server(ManagerContext context) throws FroggrException {
        Optional<FileServer> server = context.fileServer().get();
        if (server.isEmpty()) {
            throw context.missing().service("unions of directories", FileServer.class, "no property", List.of());
        }
        return server.get();
    }

    @Override
    public FileServer server() throws FroggrException {
        return server(context);
    }

    @Override
    public Unions unions() throws FroggrException {
        ServedPlacement.require(context);
        return context.unions().get().orElseThrow();
    }

    @Override
    public Attachment local(int directory, BytePath path) throws FroggrException {
        try (var backend = new Placement(context).servedBackend()) {
            return context.backends()
                    .attach(
                            backend.service(),
                            new Calls.Attach(
                                    MountBackend.LOCAL, path.toString(), OptionalInt.of(directory), List.of(), false,
                                    session.record().owner()));
        } catch (ErrnoException e) {
            throw OsFault.of(e, path.quoted() + " cannot be served").about(path);
        }
    }

    @Override
    public Optional<OwnTree> own(int directory) throws FroggrException {
        try (Located located = Located.of(Fd.dup(directory))) {
            Optional<OwnServed.Place> place = new Placement(context).own(session.space(), located);
            return place.isEmpty() ? Optional.empty() : Optional.of(place.get().live());
        } catch (ErrnoException e) {
            throw OsFault.of(e, "a directory cannot be looked up");
        }
    }

    @Override
    public Optional<Attachment> own(HeadRecord.Own place) throws ErrnoException, FroggrException {
        Optional<OwnServed.Place> found = new OwnServed(context.registry()).find(place);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                place.members().isEmpty()
                        ? found.get().live().tree()
                        : found.get().frozen(unions(), this::say, place.members()).tree());
    }

    @Override
    public long cover(int source, BytePath sourcePath, int target, BytePath targetPath, Set<String> flags)
            throws ErrnoException, FroggrException {
        try (var presenter = new Placement(context).presenter()) {
            return presenter.service()
                    .present(new Calls.Present(session.space(), source, sourcePath, target, targetPath, false, flags));
        } catch (InterruptedException e) {
            throw interrupted("mount");
        }
    }

    @Override
    public void restrict(int target, Set<String> flags) throws ErrnoException, FroggrException {
        MountFlags now = MountFlags.of(target);
        long more = (flags.contains("nosuid") && !now.noSuid() ? Mounts.MOUNT_ATTR_NOSUID : 0)
                | (flags.contains("nodev") && !now.noDev() ? Mounts.MOUNT_ATTR_NODEV : 0);
        if (more != 0) {
            session.space().call(() -> {
                Mounts.setAttributes(target, false, more, 0, 0);
                return null;
            });
        }
    }

    @Override
    public void uncover(BytePath target, long mountId, UnmountMode mode) throws ErrnoException, FroggrException {
        if (isDirect()) {
            Fusermount.unmount(target, mode != UnmountMode.ORDERLY);
            return;
        }
        try (var presenter = new Placement(context).presenter()) {
            presenter.service()
                    .withdraw(new Calls.Withdraw(
                            session.space(), target, mountId, false, mode, Optional.of(List.of()),
                            context.registry()::isMountOfEntry));
        } catch (InterruptedException e) {
            throw interrupted("umount2");
        }
    }

    private static ErrnoException interrupted(String operation) {
        Thread.currentThread().interrupt();
        return new ErrnoException(Errno.EINTR, operation);
    }

    @Override
    public void say(String message) {
        context.log().warn("session {}: {}", session.id(), message);
        session.publishError(message);
        // Who says it may be in the middle of an operation that somebody waits for.
        CompletableFuture.runAsync(
                () -> session.ledger().remember("union", List.of(), message, Duration.ZERO));
    }
}
