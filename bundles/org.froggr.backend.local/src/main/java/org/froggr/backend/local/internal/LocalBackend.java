package org.froggr.backend.local.internal;

import java.util.List;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Fd;
import org.froggr.linux.OwnedFd;
import org.froggr.spi.backend.AttachRequest;
import org.froggr.spi.backend.Attachment;
import org.froggr.spi.backend.MountBackend;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerFactory;

/** Serves local directories and files, to those who ask for that: the kernel itself is the ordinary way. */
@Component(property = MountBackend.TYPE + "=served")
public final class LocalBackend implements MountBackend {
    private final Logger log;

    @Activate
    public LocalBackend(@Reference(service = LoggerFactory.class) Logger log) {
        this.log = log;
    }

    /**
     * Files without a name stay open here when another bundle has taken over, and what has not been loaded
     * until then cannot be.
     */
    @Deactivate
    void loadAll(BundleContext context) {
        BundleWiring own = context.getBundle().adapt(BundleWiring.class);
        int all = BundleWiring.LISTRESOURCES_LOCAL | BundleWiring.LISTRESOURCES_RECURSE;
        for (String file : own.listResources("/", "*.class", all)) {
            try {
                own.getClassLoader()
                        .loadClass(file.substring(0, file.length() - ".class".length()).replace('/', '.'))
                        .getDeclaredMethods();
            } catch (ClassNotFoundException | LinkageError e) {
                log.warn("{}", file, e);
            }
        }
    }

    @Override
    public Attachment attach(AttachRequest request) throws ErrnoException {
        BytePath path = BytePath.of(request.source());
        if (!path.isAbsolute()) {
            throw new ErrnoException(Errno.EINVAL.number(), "attach (not an absolute path)", path);
        }
        LocalOptions options = options(request.options(), path)
                .readOnly(request.readOnly())
                .log(message -> log.warn("{}: {}", path.quoted(), message));
        if (request.descriptor().isPresent()) {
            return new LocalAttachment(LocalTree.open(request.descriptor().getAsInt(), options));
        }
        try (OwnedFd fd = OwnedFd.of(Fd.open(path, Fd.O_PATH, 0))) {
            return new LocalAttachment(LocalTree.open(fd.number(), options));
        }
    }

    /** {@code xdev}: without what is mounted below; {@code watches=N}: at most N directories are watched. */
    private static LocalOptions options(List<String> all, BytePath path) throws ErrnoException {
        LocalOptions options = LocalOptions.DEFAULT;
        for (String option : all) {
            if (option.equals("xdev")) {
                options = options.withoutSubmounts();
            } else if (option.matches("watches=\\d{1,9}")) {
                options = options.watches(Integer.parseInt(option.substring("watches=".length())));
            } else {
                throw new ErrnoException(Errno.EINVAL.number(), "attach (unknown option " + option + ")", path);
            }
        }
        return options;
    }
}
