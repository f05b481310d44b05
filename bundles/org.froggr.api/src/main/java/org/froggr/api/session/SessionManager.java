package org.froggr.api.session;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.froggr.api.FroggrException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Makes, finds and ends sessions, and changes their namespaces. A DS service, there once.
 *
 * <p>All methods may be called from any thread. Requests on one target are carried out one after
 * the other. A thread that is interrupted gets INTERRUPTED after what was begun has been finished or
 * rolled back. A method that throws has left nothing behind.
 */
@ProviderType
public interface SessionManager {
    /**
     * Makes a session that stays until it is killed.
     *
     * @throws FroggrException NAME_TAKEN, SOURCE_MISSING (no such root), LIMIT, NO_PRIVILEGE,
     *     NO_USERNS, UNSUPPORTED (no such policy), CANNOT_CREATE
     */
    Session create(SessionRequest request) throws FroggrException;

    /**
     * The living session of this owner, mode and root, or a new one that ends with its last entry.
     *
     * @throws FroggrException as {@link #create}
     */
    Session obtain(SessionRequest request) throws FroggrException;

    /**
     * The session that {@code reference} names: an id, a unique prefix of one, or a name.
     *
     * @throws FroggrException NO_SESSION with the nearest ids, AMBIGUOUS with the candidates
     */
    Session get(String reference) throws FroggrException;

    Optional<Session> find(UUID id);

    /** All sessions, oldest first. */
    List<Session> list();

    /** Carries out a mount or a bind. */
    Change attach(NamespaceRequest request) throws FroggrException;

    /**
     * Takes out what the request names.
     *
     * @throws FroggrException NOT_MOUNTED with the nearest mount, BUSY with the holders, FOREIGN_MOUNT
     */
    Change unmount(UnmountRequest request) throws FroggrException;

    /**
     * Puts the members of a union in another order, under programs that use it.
     *
     * @throws FroggrException NOT_MOUNTED if there is no such member, TYPE_MISMATCH if there is no union
     */
    Change reorder(ReorderRequest request) throws FroggrException;

    /**
     * Ends one session: unmounts in reverse order, ends its process, removes its files. With
     * {@link UnmountMode#ORDERLY}, a session in use is left whole and the obstacle is reported.
     */
    Ending kill(Session session, UnmountMode mode);

    /** Ends every session of this user, living, failed or dead, and sweeps what no session owns. */
    List<Ending> purge(UnmountMode mode);
}
