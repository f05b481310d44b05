package org.froggr.session.internal.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.froggr.api.BytePath;
import org.froggr.api.ByteText;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.api.FroggrException;
import org.froggr.api.session.SessionMode;
import org.froggr.linux.Ids;
import org.froggr.linux.Mounts;
import org.froggr.linux.Namespaces;
import org.froggr.linux.Processes;
import org.froggr.linux.Spawn;
import org.froggr.session.internal.store.SessionDirectory;
import org.osgi.service.log.Logger;

/**
 * Starts the processes of sessions, and finds those again that an earlier platform started. Safe from any
 * thread.
 */
public final class AnchorLauncher {
    /**
     * As the caller, with all capabilities inside; propagation comes in and never goes out. A private copy
     * would keep every other session's mounts alive for ever.
     */
    private static final List<String> UNSHARE = List.of(
            "unshare", "--user", "--map-current-user", "--keep-caps", "--mount", "--propagation", "slave", "--");

    private final AnchorProgram program;
    private final LogindScope logind;
    private final UserNamespaces userNamespaces = new UserNamespaces();
    private final boolean privileged;
    private final Logger logger;

    /**
     * @param distribution absolute path of the unpacked distribution, property {@code froggr.dist}
     * @param home absolute path, property {@code froggr.home}
     */
    public AnchorLauncher(BytePath distribution, BytePath home, Logger logger) throws ErrnoException {
        this(distribution, home, new Programs(ownPath()), logger);
    }

    private AnchorLauncher(BytePath distribution, BytePath home, Programs programs, Logger logger) {
        this(new AnchorProgram(distribution, home, programs), new LogindScope(programs), Ids.euid() == 0, logger);
    }

    /** @param privileged whether to try without a user namespace first */
    AnchorLauncher(AnchorProgram program, LogindScope logind, boolean privileged, Logger logger) {
        this.program = program;
        this.logind = logind;
        this.privileged = privileged;
        this.logger = logger;
    }

    private static String ownPath() throws ErrnoException {
        Optional<byte[]> path = Processes.environment(ProcessHandle.current().pid(), "PATH");
        return path.map(ByteText::decode).orElse("");
    }

    /** Starts the first process of a session, see {@link #launch(UUID, SessionDirectory, SessionMode, Inheritance)}. */
    public Anchor launch(UUID id, SessionDirectory directory, SessionMode mode) throws FroggrException {
        return launch(id, directory, mode, Inheritance.NONE);
    }

    /**
     * Starts the process of a session, whose directory and pipes must be there. A shared one is not waited
     * for: it answers as soon as it can. A private one is returned once it is in its namespace.
     *
     * @param inheritance what it gets of the process before
     * @throws FroggrException CANNOT_CREATE, LIMIT, NO_PRIVILEGE, NO_USERNS, UNSUPPORTED, TRY_AGAIN; no
     *     process is left then
     */
    public Anchor launch(UUID id, SessionDirectory directory, SessionMode mode, Inheritance inheritance)
            throws FroggrException {
        AnchorStart start = new AnchorStart(program, id, directory, inheritance);
        try {
            List<String> scope = logind.prefix(id);
            if (!scope.isEmpty()) {
                try {
                    return launch(start, mode, scope, inheritance.namespace());
                } catch (StartRefused e) {
                    logger.warn("Session {} gets no scope and will end with the login: {}", id, e.getMessage());
                }
            }
            return launch(start, mode, List.of(), inheritance.namespace());
        } catch (StartRefused e) {
            throw mode == SessionMode.PRIVATE ? userNamespaces.refusal(e.getMessage()) : StartFault.of(e);
        } catch (ErrnoException e) {
            throw StartFault.of(e);
        }
    }

    private Anchor launch(AnchorStart start, SessionMode mode, List<String> scope, OptionalInt namespace)
            throws ErrnoException, StartRefused {
        if (namespace.isPresent()) {
            return start.awaited(scope, spawn -> Namespaces.callIn(namespace.getAsInt(), spawn::start));
        }
        if (mode == SessionMode.PRIVATE) {
            return launchPrivate(start, scope);
        }
        return scope.isEmpty() ? start.shared() : start.awaited(scope, Spawn::start);
    }

    /** Root may still lack the privilege, as in a container; it then does as everybody does. */
    private Anchor launchPrivate(AnchorStart start, List<String> scope) throws ErrnoException, StartRefused {
        if (privileged) {
            try {
                return start.awaited(scope, AnchorLauncher::startInNewNamespace);
            } catch (ErrnoException e) {
                if (!e.is(Errno.EPERM)) {
                    throw e;
                }
                logger.info("No privilege to make a mount namespace ({}), a user namespace is used", e.getMessage());
            }
        }
        List<String> prefix = new ArrayList<>(scope);
        prefix.addAll(UNSHARE);
        return start.awaited(prefix, Spawn::start);
    }

    /** A child has the namespaces of the thread that starts it (clone(2)). */
    private static long startInNewNamespace(Spawn spawn) throws ErrnoException {
        return Namespaces.<Long, RuntimeException>callIsolated(() -> {
            Namespaces.unshare(Namespaces.CLONE_NEWNS);
            Mounts.mount(BytePath.of("none"), BytePath.ROOT, null, Mounts.MS_REC | Mounts.MS_SLAVE, null);
            return spawn.start();
        });
    }

    /**
     * The process that a session was left with, if it still is that one: alive, of that number and start
     * time, of this user, with the session's id in its command line, and in namespaces that fit the mode.
     */
    public Optional<Anchor> adopt(UUID id, long pid, long processStart, SessionMode mode) throws ErrnoException {
        return new Adoption(id, pid, processStart, mode).anchor();
    }
}
