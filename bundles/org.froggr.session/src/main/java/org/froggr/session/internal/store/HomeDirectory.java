package org.froggr.session.internal.store;

import java.util.List;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.api.FroggrException;
import org.froggr.api.session.PlatformHome;
import org.froggr.linux.At;
import org.froggr.linux.Fd;
import org.froggr.linux.Stat;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * The platform's home, made if it is missing, opened and checked once: a directory of this user, mode
 * 0700, not reached through a symbolic link in its last component.
 *
 * <p>The descriptors keep their numbers for the component's whole life. When the home was removed
 * and {@link #restore} makes it anew, dup3(2) lets the same numbers lead to the new directories in one
 * step, so that users of {@link PlatformHome} need not know.
 */
@Component(service = {PlatformHome.class, HomeDirectory.class})
public final class HomeDirectory implements PlatformHome, AutoCloseable {
    private static final BytePath PLATFORM = BytePath.of("platform");
    private static final BytePath SESSIONS = BytePath.of("sessions");
    private static final List<BytePath> OTHERS = List.of(BytePath.of("etc"), BytePath.of("bundles"));

    private final BytePath path;
    private final long owner;
    private final int root;
    private final int platform;
    private final int sessions;
    private boolean closed;

    /** The home that the framework property {@code froggr.home} names. */
    @Activate
    public HomeDirectory(BundleContext context) throws FroggrException {
        this(HomePath.of(context.getProperty(HomePath.PROPERTY)));
    }

    /**
     * @param path absolute; its parent must exist
     * @throws FroggrException BAD_HOME; nothing is changed then but that missing directories were made
     */
    public HomeDirectory(BytePath path) throws FroggrException {
        this.path = path.withoutTrailingSlashes();
        HomeTree tree = HomeTree.open(this.path, PLATFORM, SESSIONS, OTHERS);
        owner = tree.owner();
        root = tree.root();
        platform = tree.first();
        sessions = tree.second();
    }

    @Override
    public BytePath path() {
        return path;
    }

    @Override
    public int descriptor() {
        return root;
    }

    @Override
    public int platformDescriptor() {
        return platform;
    }

    @Override
    public int sessionsDescriptor() {
        return sessions;
    }

    @Override
    public long owner() {
        return owner;
    }

    /** Whether the paths of home, {@code platform/} and {@code sessions/} still lead to what was opened. */
    public boolean stillThere() {
        try {
            return leadsTo(Fd.AT_FDCWD, path, root)
                    && leadsTo(root, PLATFORM, platform)
                    && leadsTo(root, SESSIONS, sessions);
        } catch (ErrnoException e) {
            return false;
        }
    }

    private static boolean leadsTo(int directory, BytePath name, int descriptor) throws ErrnoException {
        return Stat.at(directory, name, false).sameFile(Stat.of(descriptor));
    }

    /**
     * Makes anew what was removed while the platform ran, and lets the descriptors lead there. What was
     * in the removed directories is lost: whoever keeps files there writes them again.
     *
     * @return whether anything was not {@link #stillThere}
     * @throws FroggrException BAD_HOME if something else is there now, which is left alone; the
     *     descriptors are then as they were
     */
    public synchronized boolean restore() throws FroggrException {
        if (closed || stillThere()) {
            return false;
        }
        HomeTree tree = HomeTree.open(path, PLATFORM, SESSIONS, OTHERS);
        try {
            Fd.replace(tree.root(), root);
            Fd.replace(tree.first(), platform);
            Fd.replace(tree.second(), sessions);
        } catch (ErrnoException e) {
            throw HomeTree.bad(path, "cannot be opened anew: " + Errno.describe(e.number())).causedBy(e);
        } finally {
            tree.close();
        }
        return true;
    }

    /** Closes the descriptors; the directories stay. Idempotent. */
    @Override
    @Deactivate
    public synchronized void close() {
        if (!closed) {
            closed = true;
            Fd.closeQuietly(sessions, platform, root);
        }
    }
}
