package org.froggr.session.internal;

import java.util.Optional;
import java.util.OptionalInt;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.froggr.api.session.BindOrder;
import org.froggr.api.session.UnmountMode;
import org.froggr.linux.Fd;
import org.froggr.linux.Stat;
import org.froggr.session.internal.store.EntryRecord;
import org.froggr.spi.backend.Attachment;
import org.froggr.spi.backend.MountBackend;
import org.froggr.spi.backend.Tree;
import org.froggr.spi.presentation.MountSpace;
import org.froggr.spi.presentation.Presenter;

/**
 * Puts single entries into a session's namespace and takes them out again, by way of backend and
 * presenter. Records nothing; the caller holds the session's lock.
 */
final class Placement {
    private final ManagerContext context;

    Placement(ManagerContext context) {
        this.context = context;
    }

    /**
     * Mounts an entry. Leaves nothing behind when it throws.
     *
     * @param source the held source, empty for a scheme
     * @return the entry with the ids of its mount
     */
    EntryRecord place(LiveSession session, EntryRecord entry, Optional<Located> source, Located target)
            throws FroggrException {
        try (var backend = backendOf(entry);
                var presenter = presenterOf(entry.order())) {
            Attachment attachment = attach(backend.service(), session, entry, source);
            try {
                EntryRecord placed = present(presenter.service(), session.space(), entry, attachment, source, target);
                session.attachments().put(placed.mount(), new LiveSession.Holding(attachment, backend.service()));
                return placed;
            } catch (FroggrException | RuntimeException e) {
                close(attachment, entry);
                throw e;
            }
        }
    }

    /** Mounts an entry again where it was, looking up source and target anew. */
    EntryRecord placeAgain(LiveSession session, EntryRecord entry) throws FroggrException {
        Lookup lookup = new Lookup(session.space());
        boolean local = entry.scheme().equals(MountBackend.LOCAL);
        try (Located source = local ? lookup.source(BytePath.of(entry.source())) : null;
                Located target = lookup.target(entry.target())) {
            return place(session, entry, Optional.ofNullable(source), target);
        }
    }

    private Attachment attach(MountBackend backend, LiveSession session, EntryRecord entry, Optional<Located> source)
            throws FroggrException {
        try {
            return context.backends().attach(backend, request(session, entry, source));
        } catch (ErrnoException e) {
            throw OsFault.of(e, "the backend for " + entry.scheme() + " cannot attach " + BytePath.of(entry.source()).quoted());
        }
    }

    private static Calls.Attach request(LiveSession session, EntryRecord entry, Optional<Located> source) {
        boolean local = entry.scheme().equals(MountBackend.LOCAL);
        return new Calls.Attach(
                entry.scheme(),
                local ? entry.source() : entry.source().substring(entry.scheme().length() + 1),
                source.map(s -> OptionalInt.of(s.descriptor())).orElse(OptionalInt.empty()),
                entry.options().stream().filter(o -> !MountOptions.KNOWN.contains(o)).toList(),
                entry.options().contains("ro"),
                session.record().owner());
    }

    private static EntryRecord present(
            Presenter presenter,
            MountSpace space,
            EntryRecord entry,
            Attachment attachment,
            Optional<Located> source,
            Located target)
            throws FroggrException {
        BytePath directory = ((Tree.Kernel) attachment.tree()).directory();
        // A local path was looked up and checked already: that very file is used, not its name.
        try (Located tree = source.isPresent() ? null : Located.open(space, directory)) {
            Located from = source.orElse(tree);
            long id = presenter.present(new Calls.Present(
                    space,
                    from.descriptor(),
                    from.path(),
                    target.descriptor(),
                    entry.target(),
                    entry.recursive(),
                    MountOptions.parse(entry.options()).flags()));
            return entry.with(source.isPresent() ? "" : directory.toString()).mounted(id, uniqueId(space, entry.target(), id));
        } catch (ErrnoException e) {
            throw cannotPresent(entry, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw FroggrException.of(Fault.INTERRUPTED, "interrupted while mounting; nothing was left behind");
        } catch (RuntimeException e) {
            throw FroggrException.of(Fault.IO_ERROR, "the presenter of " + entry.target().quoted() + " failed: " + e)
                    .causedBy(e);
        }
    }

    private static FroggrException cannotPresent(EntryRecord entry, ErrnoException e) {
        return OsFault.of(
                        e,
                        BytePath.of(entry.source()).quoted() + " cannot be mounted on " + entry.target().quoted())
                .about(entry.target());
    }

    /** The id that is never given out again of the mount at that path, 0 if another mount is there. */
    static long uniqueId(MountSpace space, BytePath target, long mountId) {
        int fd = -1;
        try {
            fd = space.open(target);
            return Stat.of(fd).mountId() == mountId ? Stat.uniqueMountId(fd) : 0;
        } catch (ErrnoException e) {
            return 0;
        } finally {
            Fd.closeQuietly(fd);
        }
    }

    /**
     * Unmounts an entry that is present, and gives back its tree.
     *
     * @throws ErrnoException EBUSY if it is in use and the mode is orderly; EINVAL if it is not there
     * @throws FroggrException UNSUPPORTED if the presenter is not there
     */
    void withdraw(LiveSession session, EntryRecord entry, UnmountMode mode) throws ErrnoException, FroggrException {
        MountSpace space = session.space();
        requireOurs(space, entry);
        try (var presenter = presenterOf(entry.order())) {
            presenter.service()
                    .withdraw(new Calls.Withdraw(space, entry.target(), entry.mount(), entry.recursive(), mode));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ErrnoException(Errno.EINTR, "umount2");
        } catch (RuntimeException e) {
            throw FroggrException.of(Fault.IO_ERROR, "the presenter of " + entry.target().quoted() + " failed: " + e)
                    .about(entry.target())
                    .causedBy(e);
        }
        giveBack(session, entry);
    }

    /** Closes the tree of an entry, if there is one. */
    void giveBack(LiveSession session, EntryRecord entry) {
        LiveSession.Holding holding = session.attachments().remove(entry.mount());
        if (holding != null) {
            close(holding.tree(), entry);
        }
    }

    /** Hands a living mount of an earlier backend to the one that is there now. */
    void handOver(LiveSession session, EntryRecord entry, MountBackend backend) {
        try {
            Attachment adopted =
                    context.backends().adopt(backend, request(session, entry, Optional.empty()), BytePath.of(entry.tree()));
            session.attachments().put(entry.mount(), new LiveSession.Holding(adopted, backend));
        } catch (ErrnoException e) {
            context.log().warn("the tree of {} was not taken over: {}", entry.target().quoted(), e.getMessage());
        }
    }

    /** Mount ids are given out again: one that is ours by number may be another's mount by now. */
    private static void requireOurs(MountSpace space, EntryRecord entry) throws ErrnoException {
        if (entry.uniqueMount() == 0) {
            return;
        }
        long there = uniqueId(space, entry.target(), entry.mount());
        if (there == 0) {
            there = new MountCheck(space).uniqueId(entry);
        }
        if (there != 0 && there != entry.uniqueMount()) {
            throw new ErrnoException(Errno.EINVAL.number(), "statx", entry.target());
        }
    }

    private void close(Attachment attachment, EntryRecord entry) {
        try {
            attachment.close();
        } catch (ErrnoException | RuntimeException e) {
            context.log().warn("the tree of {} could not be given back: {}", entry.target().quoted(), e.toString());
        }
    }

    /** @throws FroggrException UNSUPPORTED */
    Services<MountBackend>.Lease backendOf(EntryRecord entry) throws FroggrException {
        boolean byScheme = entry.type().equals(entry.scheme());
        return context.backends()
                .lease(byScheme ? Optional.empty() : Optional.of(entry.type()), entry.scheme())
                .orElseThrow(() -> byScheme
                        ? context.missing().service(
                                "the scheme " + entry.scheme(),
                                MountBackend.class,
                                MountBackend.SCHEME + "=" + entry.scheme(),
                                context.backends().byScheme().keys())
                        : context.missing().service(
                                "the type " + entry.type(),
                                MountBackend.class,
                                MountBackend.TYPE + "=" + entry.type(),
                                context.backends().byType().keys()));
    }

    /** @throws FroggrException UNSUPPORTED */
    Services<Presenter>.Lease presenterOf(BindOrder order) throws FroggrException {
        String wanted = order == BindOrder.REPLACE ? Presenter.KERNEL : Presenter.UNION;
        return context.presenters()
                .lease(wanted)
                .orElseThrow(() -> context.missing().service(
                        order == BindOrder.REPLACE ? "kernel mounts" : "unions of directories",
                        Presenter.class,
                        Presenter.PRESENTS + "=" + wanted,
                        context.presenters().keys()));
    }
}
