package org.froggr.backend.kernel.internal;

import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Fd;
import org.froggr.linux.Stat;
import org.froggr.spi.backend.AttachRequest;
import org.froggr.spi.backend.Attachment;
import org.froggr.spi.backend.MountBackend;
import org.froggr.spi.backend.Tree;
import org.osgi.service.component.annotations.Component;

/**
 * Local directories and files, which are trees already. The path names the tree for people and for a
 * successor; what is bound is the platform's descriptor of the checked object.
 */
@Component(property = {MountBackend.SCHEME + "=" + MountBackend.LOCAL, MountBackend.TYPE + "=kernel"})
public final class KernelBackend implements MountBackend {
    @Override
    public Attachment attach(AttachRequest request) throws ErrnoException {
        BytePath path = BytePath.of(request.source());
        if (!path.isAbsolute()) {
            throw new ErrnoException(Errno.EINVAL.number(), "attach (not an absolute path)", path);
        }
        if (!request.options().isEmpty()) {
            String option = request.options().get(0);
            throw new ErrnoException(Errno.EINVAL.number(), "attach (unknown option " + option + ")", path);
        }
        checkKind(request, path);
        return Attachment.of(Tree.kernel(path));
    }

    private static void checkKind(AttachRequest request, BytePath path) throws ErrnoException {
        Stat stat = request.descriptor().isPresent()
                ? Stat.of(request.descriptor().getAsInt())
                : Stat.at(Fd.AT_FDCWD, path, true);
        if (stat.isSymlink()) {
            throw new ErrnoException(Errno.ELOOP.number(), "attach (a symbolic link itself)", path);
        }
    }
}
