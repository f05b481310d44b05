package org.froggr.backend.kernel.internal;

import java.util.List;
import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.linux.MountInfo;
import org.froggr.spi.presentation.Submount;
import org.froggr.spi.presentation.WithdrawRequest;

/**
 * What is mounted below a bind at one moment, and whether it leaves with the bind: that came along when
 * the bind was made, or was propagated in later. What somebody made there since does not.
 */
final class Company {
    private final WithdrawRequest request;
    private final MountTable table;
    private final List<MountInfo.Entry> below;

    Company(WithdrawRequest request, MountTable table) {
        this.request = request;
        this.table = table;
        this.below = table.below(request.mountId());
    }

    boolean isEmpty() {
        return below.isEmpty();
    }

    /**
     * All of it, children before their parents.
     *
     * @throws ErrnoException EBUSY naming one that does not leave with the bind
     */
    List<MountInfo.Entry> leaving() throws ErrnoException {
        for (MountInfo.Entry child : below) {
            if (!leaves(child)) {
                throw Errors.busy("another mount lies below", child.mountPoint());
            }
        }
        return below;
    }

    private boolean leaves(MountInfo.Entry child) {
        if (request.isEntry(child.id())) {
            return false;
        }
        long bind = request.mountId();
        return request.cameAlong()
                .map(known -> known.stream().anyMatch(s -> isSame(s, child)) || table.wasPropagated(bind, child))
                .orElseGet(() -> table.hasTwin(bind, child));
    }

    /** By id if its directory was renamed since, by place if it was put back with another id. */
    private boolean isSame(Submount submount, MountInfo.Entry child) {
        return submount.device() == child.device()
                && submount.root().equals(child.root())
                && (submount.mountId() == child.id() || submount.path().equals(place(child)));
    }

    private BytePath place(MountInfo.Entry child) {
        return table.find(request.mountId())
                .map(bind -> MountTable.relative(child, bind))
                .orElseGet(child::mountPoint);
    }
}
