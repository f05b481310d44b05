package org.froggr.backend.kernel.internal;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.api.session.UnmountMode;
import org.froggr.linux.MountInfo;
import org.froggr.linux.OwnedFd;
import org.froggr.spi.presentation.MountSpace;
import org.froggr.spi.presentation.PresentRequest;
import org.froggr.spi.presentation.Submount;
import org.froggr.spi.presentation.WithdrawRequest;

/** A presenter with a space, and the requests the session manager would make. */
record TestPresent(KernelPresenter presenter, MountSpace space) {
    TestPresent(MountSpace space) {
        this(new KernelPresenter(), space);
    }

    long bind(BytePath source, BytePath target, String... flags) throws Exception {
        return present(source, target, false, flags);
    }

    long rbind(BytePath source, BytePath target, String... flags) throws Exception {
        return present(source, target, true, flags);
    }

    private long present(BytePath source, BytePath target, boolean recursive, String... flags) throws Exception {
        try (OwnedFd from = OwnedFd.of(space.open(source)); OwnedFd to = OwnedFd.of(space.open(target))) {
            return presenter.present(
                    new Present(space, from.number(), source, to.number(), target, recursive, Set.of(flags)));
        }
    }

    void unbind(long id, BytePath target) throws ErrnoException, InterruptedException {
        unbind(id, target, UnmountMode.ORDERLY);
    }

    void unbind(long id, BytePath target, UnmountMode mode) throws ErrnoException, InterruptedException {
        unbind(id, target, mode, Optional.empty(), Set.of());
    }

    /**
     * As the session manager, which knows more.
     *
     * @param along what came along, by {@link #below}
     * @param entries ids of other sessions' mounts
     */
    void unbind(long id, BytePath target, UnmountMode mode, Optional<List<Submount>> along, Set<Long> entries)
            throws ErrnoException, InterruptedException {
        presenter.withdraw(new Withdraw(space, target, id, along.isPresent(), mode, along, entries));
    }

    /** What is mounted below a mount now. */
    Optional<List<Submount>> below(long id) throws ErrnoException {
        MountTable table = MountTable.parse(space.mountInfo());
        MountInfo.Entry bind = table.find(id).orElseThrow();
        return Optional.of(table.below(id).stream()
                .<Submount>map(e -> new Below(e.id(), e.device(), e.root(), MountTable.relative(e, bind)))
                .toList());
    }

    record Present(
            MountSpace space,
            int source,
            BytePath sourcePath,
            int target,
            BytePath targetPath,
            boolean recursive,
            Set<String> flags)
            implements PresentRequest {}

    record Below(long mountId, long device, BytePath root, BytePath path) implements Submount {}

    record Withdraw(
            MountSpace space,
            BytePath targetPath,
            long mountId,
            boolean recursive,
            UnmountMode mode,
            Optional<List<Submount>> cameAlong,
            Set<Long> entries)
            implements WithdrawRequest {
        @Override
        public boolean isEntry(long id) {
            return entries.contains(id);
        }
    }
}
