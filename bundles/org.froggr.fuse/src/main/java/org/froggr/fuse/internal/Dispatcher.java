package org.froggr.fuse.internal;

import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;

/** Performs requests: finds the operation, and has exactly one reply to each that wants one. Any thread. */
final class Dispatcher {
    /** In place of a reply's length: there is none, or none yet. */
    static final int NO_REPLY = Integer.MIN_VALUE;

    /** Operations given up whose threads do not come back, beyond which a tree is taken for dead. */
    static final int MOST_OVERDUE = 64;

    private final Served served;
    private final NameOperations names;
    private final AttributeOperations attributes;
    private final OpenOperations opens;
    private final DataOperations data;
    private final DirectoryOperations directories;
    private final XattrOperations xattrs;
    private final LockOperations locks;
    private final Interrupts interrupts;

    Dispatcher(Served served, Interrupts interrupts) {
        this.served = served;
        this.interrupts = interrupts;
        this.names = new NameOperations(served);
        this.attributes = new AttributeOperations(served);
        this.opens = new OpenOperations(served, names);
        this.data = new DataOperations(served);
        this.directories = new DirectoryOperations(served);
        this.xattrs = new XattrOperations(served);
        this.locks = new LockOperations(served);
    }

    /** Performs a request that was parsed, and writes the reply. */
    void handle(Request request) {
        if ((request.unique() & FuseWire.UNIQUE_RESEND) != 0) {
            served.resent(request.unique());
        }
        FuseOpcode opcode = FuseOpcode.of(request.opcode());
        int result = opcode == null ? -Errno.ENOSYS.number() : resultOf(opcode, request);
        if (result < 0 && result != NO_REPLY && request.undo.isNeeded()) {
            undo(request);
            request.undo.clear();
        }
        if (!request.claimReply()) {
            takeBack(opcode, request, result);
        } else if (result != NO_REPLY && (opcode == null || opcode.answered() || opcode == FuseOpcode.INTERRUPT)) {
            answer(request, result);
        }
        served.intents.end(request, request.isReplyRefused() && request.isSentAgainSince());
    }

    Resends resends() {
        return served.resends;
    }

    /** The request was answered with an error when it had taken too long: nobody gets what it came to at last. */
    private void takeBack(FuseOpcode opcode, Request request, int result) {
        if (request.undo.isNeeded()) {
            undo(request);
        }
        if (opcode == FuseOpcode.SETLK || opcode == FuseOpcode.SETLKW) {
            locks.takeBack(request, result);
        }
    }

    /** Answers a message that is none, if it can be told what it was. */
    void refuse(Request request) {
        if (request.unique() != 0) {
            answer(request, -Errno.EIO.number());
        }
    }

    private void answer(Request request, int result) {
        int length = request.finish(result);
        int written = served.channel.write(request.replyAddress(), length);
        if (written < 0) {
            refused(request, written);
        }
    }

    /**
     * The kernel did not take the reply: ENOENT where nobody waits for it any more, so what the reply would
     * have handed out is taken back. What the kernel finds wrong with a reply is our mistake; somebody waits.
     */
    private void refused(Request request, int error) {
        if (request.undo.isNeeded()) {
            undo(request);
        }
        if (error == -Errno.ENOENT.number()) {
            request.replyRefused();
        }
        if (error == -Errno.EINVAL.number()) {
            served.complaints.say("The kernel refused the reply to " + FuseOpcode.of(request.opcode()), null);
            request.finish(-Errno.EIO.number());
            served.channel.write(request.replyAddress(), FuseWire.OUT_HEADER);
        }
    }

    private void undo(Request request) {
        Undo undo = request.undo;
        Handle handle = undo.handle == 0 ? null : served.handles.remove(undo.handle);
        if (handle != null) {
            served.close(handle);
        }
        if (undo.node != 0) {
            served.forget(undo.node, 1);
        }
        if (undo.listing != 0) {
            directories.undo(request);
        }
    }

    private int resultOf(FuseOpcode opcode, Request request) {
        if (request.argumentBytes() < opcode.leastArguments()) {
            return -Errno.EINVAL.number();
        }
        if (opcode.refusal() != null) {
            return -opcode.refusal().number();
        }
        if (served.overdue.get() >= MOST_OVERDUE && opcode.answered() && !isOfClosing(opcode)) {
            served.complaints.say(MOST_OVERDUE + " operations hang: what is asked now fails at once", null);
            return -Errno.EIO.number();
        }
        if (request.isSuperseded() && opcode.answered()) {
            return NO_REPLY;
        }
        try {
            Postponed postponed = served.postponed;
            if (postponed != null && postponed.take(opcode, request)) {
                return NO_REPLY;
            }
            if (opcode.answered()) {
                served.intents.awaitRenames(request);
            }
            return perform(opcode, request);
        } catch (ErrnoException e) {
            return Failures.errno(e);
        } catch (Superseded e) {
            return NO_REPLY;
        } catch (Throwable e) {
            served.complaints.say(opcode + " failed unexpectedly", e);
            return -Errno.EIO.number();
        }
    }

    /** What gives something back, which is never asked for again. */
    private static boolean isOfClosing(FuseOpcode opcode) {
        return opcode == FuseOpcode.RELEASE || opcode == FuseOpcode.RELEASEDIR || opcode == FuseOpcode.DESTROY;
    }

    private int perform(FuseOpcode opcode, Request request) throws ErrnoException {
        return switch (opcode) {
            case LOOKUP -> names.lookup(request);
            case GETATTR -> attributes.get(request);
            case READ -> data.read(request);
            case WRITE -> data.write(request);
            case OPEN -> opens.open(request);
            case FLUSH -> opens.flush(request);
            case RELEASE -> opens.release(request);
            case FORGET, BATCH_FORGET -> forget(opcode, request);
            case CREATE -> opens.create(request);
            case TMPFILE -> opens.createUnnamed(request);
            case SETATTR -> attributes.set(request);
            case STATX -> attributes.getExtended(request);
            case STATFS -> attributes.space(request);
            case SYNCFS -> attributes.sync();
            case READLINK -> names.readLink(request);
            case SYMLINK -> names.makeSymlink(request);
            case MKNOD -> names.makeNode(request);
            case MKDIR -> names.makeDirectory(request);
            case UNLINK -> names.unlink(request);
            case RMDIR -> names.removeDirectory(request);
            case RENAME -> names.rename(request);
            case RENAME2 -> names.renameWithFlags(request);
            case LINK -> names.link(request);
            case OPENDIR -> directories.open(request);
            case READDIR -> directories.read(request);
            case READDIRPLUS -> directories.readWithAttributes(request);
            case RELEASEDIR -> directories.release(request);
            case FSYNCDIR -> directories.sync(request);
            case FSYNC -> data.sync(request);
            case FALLOCATE -> data.allocate(request);
            case LSEEK -> data.seek(request);
            case COPY_FILE_RANGE, COPY_FILE_RANGE_64 -> data.copy(request);
            case GETXATTR -> xattrs.get(request);
            case LISTXATTR -> xattrs.list(request);
            case SETXATTR -> xattrs.set(request);
            case REMOVEXATTR -> xattrs.remove(request);
            case GETLK -> locks.get(request);
            case SETLK -> locks.set(request);
            case SETLKW -> locks.setOrWait(request);
            case INTERRUPT -> interrupt(request);
            // The kernel needs no more of these than that they were taken: DESTROY is followed by ENODEV
            case DESTROY -> 0;
            case NOTIFY_REPLY -> NO_REPLY;
            case INIT, ACCESS, BMAP, IOCTL, POLL, SETUPMAPPING, REMOVEMAPPING -> -Errno.EOPNOTSUPP.number();
        };
    }

    private int forget(FuseOpcode opcode, Request request) {
        if (opcode == FuseOpcode.FORGET) {
            names.forget(request);
        } else {
            names.forgetMany(request);
        }
        return NO_REPLY;
    }

    /** A request that is not known was answered already, or not taken yet: EAGAIN has the kernel find out. */
    private int interrupt(Request request) {
        long unique = request.int64(FuseWire.INTERRUPT_UNIQUE);
        Postponed postponed = served.postponed;
        boolean isPostponed = postponed != null && postponed.interrupt(unique);
        if (isPostponed || served.locks.interrupt(unique) || interrupts.interrupt(unique)) {
            return NO_REPLY;
        }
        return interrupts.mayAskAgain(unique) ? -Errno.EAGAIN.number() : NO_REPLY;
    }
}
