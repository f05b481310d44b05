package org.froggr.linux;

import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.api.session.Caller;
import org.osgi.annotation.versioning.ProviderType;

/** Who is asking: looks at a client's process. */
@ProviderType
public final class Peers {
    private static final BytePath OWN_ROOT = BytePath.of("/proc/self/root");

    private Peers() {}

    /**
     * The caller that a process is, by its working directory, mount namespace and root directory. In
     * another mount namespace the same directory is on another mount, so that there only device and inode
     * tell whether its root is the platform's.
     *
     * @throws ErrnoException ENOENT or ESRCH if the process is gone, EACCES where it may not be looked at
     */
    public static Caller caller(long pid) throws ErrnoException {
        BytePath proc = BytePath.of("/proc/" + pid);
        BytePath directory = At.readlink(Fd.AT_FDCWD, proc.resolve("cwd"));
        long namespace = Processes.mountNamespace(pid);
        Stat root = Stat.at(Fd.AT_FDCWD, proc.resolve("root"), true);
        Stat ownRoot = Stat.at(Fd.AT_FDCWD, OWN_ROOT, true);
        boolean sameNamespace = namespace == Processes.mountNamespace(ProcessHandle.current().pid());
        boolean sameRoot = root.sameFile(ownRoot) && (!sameNamespace || root.mountId() == ownRoot.mountId());
        return Caller.process(pid, directory, namespace, !sameRoot);
    }
}
