package org.froggr.fuse.internal;

import java.nio.ByteBuffer;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.spi.tree.LockRange;

/** Locks on files. Each returns the bytes of its reply. */
final class LockOperations {
    private final Served served;

    LockOperations(Served served) {
        this.served = served;
    }

    int get(Request request) throws ErrnoException {
        FileHandle handle = served.handles.file(request.int64(FuseWire.HANDLE));
        LockRange asked = range(request);
        LockRange found = served.locks.conflicting(handle, asked);
        if (found != null) {
            served.releases.await();
            found = served.locks.conflicting(handle, asked);
        }
        ByteBuffer memory = request.memory();
        int body = request.emptyBody(FuseWire.LOCK_OUT);
        if (found == null) {
            memory.putInt(body + FuseWire.LOCK_OUT_TYPE, LockRange.UNLOCK);
        } else {
            memory.putLong(body + FuseWire.LOCK_OUT_START, found.start());
            memory.putLong(body + FuseWire.LOCK_OUT_END, found.end());
            memory.putInt(body + FuseWire.LOCK_OUT_TYPE, found.type());
            memory.putInt(body + FuseWire.LOCK_OUT_PID, found.pid());
        }
        return FuseWire.LOCK_OUT;
    }

    int set(Request request) throws ErrnoException {
        FileHandle handle = served.handles.file(request.int64(FuseWire.HANDLE));
        LockRange range = range(request);
        if (!served.locks.set(handle, range) && !setAfterReleases(handle, range)) {
            throw new ErrnoException(Errno.EAGAIN, "lock");
        }
        return 0;
    }

    private boolean setAfterReleases(FileHandle handle, LockRange range) throws ErrnoException {
        served.releases.await();
        return served.locks.set(handle, range);
    }

    int setOrWait(Request request) throws ErrnoException {
        FileHandle handle = served.handles.file(request.int64(FuseWire.HANDLE));
        LockRange range = range(request);
        if (served.locks.set(handle, range)) {
            return 0;
        }
        served.locks.await(request.unique(), handle, range);
        return Dispatcher.NO_REPLY;
    }

    /** Releases what a request got, or goes on waiting for, that was answered with an error meanwhile. */
    void takeBack(Request request, int result) {
        served.locks.interrupt(request.unique());
        if (result < 0) {
            return;
        }
        try {
            LockRange lock = range(request);
            FileHandle handle = served.handles.file(request.int64(FuseWire.HANDLE));
            served.locks.set(
                    handle,
                    new LockRange(
                            lock.owner(), lock.pid(), LockRange.UNLOCK, lock.start(), lock.end(), lock.whole()));
        } catch (ErrnoException e) {
            served.complaints.say("A lock that came too late could not be released", e);
        }
    }

    private static LockRange range(Request request) throws ErrnoException {
        long start = request.int64(FuseWire.LOCK_IN_START);
        long end = request.int64(FuseWire.LOCK_IN_END);
        int type = request.int32(FuseWire.LOCK_IN_TYPE);
        boolean whole = (request.int32(FuseWire.LOCK_IN_FLAGS) & FuseWire.LOCK_FLOCK) != 0;
        if (start < 0 || end < start || type < LockRange.READ || type > LockRange.UNLOCK) {
            throw new ErrnoException(Errno.EINVAL, "lock");
        }
        long owner = request.int64(FuseWire.LOCK_IN_OWNER);
        return new LockRange(owner, request.int32(FuseWire.LOCK_IN_PID), type, start, end, whole);
    }
}
