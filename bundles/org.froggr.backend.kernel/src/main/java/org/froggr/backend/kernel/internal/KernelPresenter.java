package org.froggr.backend.kernel.internal;

import org.froggr.api.ErrnoException;
import org.froggr.spi.presentation.MountSpace;
import org.froggr.spi.presentation.PresentRequest;
import org.froggr.spi.presentation.Presenter;
import org.froggr.spi.presentation.WithdrawRequest;
import org.osgi.service.component.annotations.Component;

/** Binds kernel trees on their targets: by system calls where a thread may, else by programs. */
@Component(property = Presenter.PRESENTS + "=" + Presenter.KERNEL)
public final class KernelPresenter implements Presenter {
    private final KnownMounts known = new KnownMounts();

    @Override
    public long present(PresentRequest request) throws ErrnoException, InterruptedException {
        BindFlags flags = BindFlags.of(request.flags());
        if (byProcess(request.space())) {
            return new CommandBind(request, flags, known).perform();
        }
        return request.space().call(new Bind(request, flags, known)::perform);
    }

    @Override
    public void withdraw(WithdrawRequest request) throws ErrnoException, InterruptedException {
        if (byProcess(request.space())) {
            new CommandUnbind(request, known).perform();
        } else {
            request.space().call(() -> {
                new Unbind(request, known).perform();
                return null;
            });
        }
        known.forget(request.mountId());
    }

    private static boolean byProcess(MountSpace space) {
        return space.access() == MountSpace.Access.BY_PROCESS;
    }
}
