package org.froggr.fuse.internal;

import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;

/**
 * Performs once what must not be performed twice, although its request may come again: after this process was
 * killed, to the one that goes on in its place (FUSE_NOTIFY_RESEND of linux/fuse.h).
 *
 * <p>Before an operation it is noted that it begins, and after it what came of it. A request that comes again
 * <ol>
 *   <li>and is not in the record, is performed;
 *   <li>whose end is noted, is answered with that: an error as it was, for a success the reply is made anew;
 *   <li>whose beginning alone is noted, may have been performed or not. The tree knows: {@link IntentNames},
 *       {@link IntentContents}. If it does not show what the operation makes, the operation is performed. If that
 *       fails in the way of one that was done before (a thread of a killed process may still be in a system call),
 *       the tree is asked again.
 * </ol>
 *
 * <p>Without a directory to keep the record in, nothing is noted. Any thread.
 */
final class Intents {
    /** Where a test ends the process; null for nowhere. */
    static volatile IntentStep.Witness witness;

    /** See {@link #begin(Request)}. */
    static final long NOTHING = -1;

    private static final Sequel NO_SEQUEL = former -> {};

    private static final long WAIT_NANOS = 100_000;

    /** How long requests wait for renames of a former process to be sent again, and to be done. */
    private static final long COMING_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long REPEATING_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final IntentTable table;
    private final Object beginning = new Object();
    private volatile long beginNanos = System.nanoTime();
    private volatile boolean areRenamesPending;

    /**
     * @param table null to keep none
     */
    Intents(IntentTable table) {
        this.table = table;
        this.areRenamesPending = table != null && table.hasFormerRenames();
    }

    /**
     * Comes before each request. Renames that a former process may have done, but not noted in what it kept of names,
     * come first: a name that was kept leads to nothing until then, or to another file. They are sent again before all
     * others; those that were replied to are not, so this lasts a limited time.
     */
    void awaitRenames(Request request) {
        if (!areRenamesPending || request.isSentAgain() && IntentTable.isRename(request.opcode())) {
            return;
        }
        while (table.hasFormerRenames()) {
            long nanos = System.nanoTime() - beginNanos;
            if (nanos > REPEATING_NANOS || nanos > COMING_NANOS && !table.repeatsRenames()) {
                break;
            }
            LockSupport.parkNanos(this, WAIT_NANOS);
            if (request.interrupted()) {
                return;
            }
        }
        areRenamesPending = false;
    }

    /** Those of the former process that could not be told from what it may do still are sent again from now on. */
    void goOn() {
        beginNanos = System.nanoTime();
    }

    /** The call of the tree. */
    interface Call<T> {
        T perform() throws ErrnoException;
    }

    /** What the tree shows of a call that may have been made. */
    interface Trace<T> {
        /**
         * @param intent what was noted
         * @return what the call came to; null if it was not made, or if what it made is not there any more
         */
        T find(Intent intent) throws ErrnoException;
    }

    boolean areKept() {
        return table != null;
    }

    /** What there is to be noted of a call that was made; before that is noted itself, so once. */
    interface Sequel {
        /** @param former what was left by a process that may have done this; null if none has */
        void perform(Intent former);
    }

    /** Performs a call that comes to nothing but that it was done. */
    void once(Request request, long first, long second, Call<Boolean> call, Trace<Boolean> trace)
            throws ErrnoException {
        once(request, first, second, call, trace, NO_SEQUEL);
    }

    /** Likewise. */
    void once(
            Request request, long first, long second, Call<Boolean> call, Trace<Boolean> trace, Sequel sequel)
            throws ErrnoException {
        Trace<Boolean> ofDone = intent -> intent.isDone() ? Boolean.TRUE : trace.find(intent);
        this.<Boolean>of(request, first, second, call, ofDone, sequel);
    }

    /**
     * Performs a call.
     *
     * @param first what the trace needs of how things were before, like the second
     */
    <T> T of(Request request, long first, long second, Call<T> call, Trace<T> trace) throws ErrnoException {
        return of(request, first, second, call, trace, NO_SEQUEL);
    }

    private <T> T of(Request request, long first, long second, Call<T> call, Trace<T> trace, Sequel sequel)
            throws ErrnoException {
        if (table == null) {
            T result = call.perform();
            sequel.perform(null);
            return result;
        }
        Intent former = begin(request, first, second);
        if (former == null) {
            return perform(request, call, sequel);
        }
        T found = trace.find(former);
        if (found != null) {
            if (!former.isDone()) {
                sequel.perform(former);
            }
            done(request, former.isDone() ? former.result() : result(found));
            return found;
        }
        step(IntentStep.STARTED, request);
        return performAgain(request, former, call, trace, sequel);
    }

    /**
     * Notes that a request begins.
     *
     * @return what was noted of it before, if it was not done, or done with success; null if nothing was
     * @throws ErrnoException the error that it ended with before
     * @throws Superseded if somebody else has it
     */
    private Intent begin(Request request, long first, long second) throws ErrnoException {
        step(IntentStep.READ, request);
        boolean isKnown = request.isSentAgain() || request.isSentAgainSince()
                ? join(request, first, second)
                : take(request, first, second) && leaveToOther(request);
        Intent former = isKnown ? former(request) : null;
        if (former == null) {
            step(IntentStep.STARTED, request);
        } else if (former.isDone() && former.result() < 0) {
            step(IntentStep.DONE, request);
            throw new ErrnoException((int) -former.result(), "repeated", null);
        }
        return former;
    }

    // What comes to the same when it is done twice, but not when others were answered in between

    /**
     * Before a call that may as well be made again, if only its beginning was noted: it says what is to be there.
     * {@link #ended} comes after it. By these two it costs no object.
     *
     * @return what the call came to before, negative ({@link #NOTHING}) if it is to be made
     * @throws ErrnoException the error that it ended with before
     */
    long begin(Request request) throws ErrnoException {
        Intent former = table == null ? null : begin(request, 0, 0);
        if (former != null && former.isDone()) {
            return former.result();
        }
        if (former != null) {
            table.performer(request.intent(), request.performer());
        }
        return NOTHING;
    }

    /**
     * After such a call.
     *
     * @param result 0 or more, or an error number, negative
     */
    void ended(Request request, long result) {
        if (table != null) {
            step(IntentStep.PERFORMED, request);
            done(request, result);
        }
    }

    /** A call that may as well be made again, see {@link #begin}. */
    interface Repeatable {
        long perform() throws ErrnoException;
    }

    /** Makes such a call, unless it was made; returns what it came to. */
    long again(Request request, Repeatable call) throws ErrnoException {
        long before = begin(request);
        if (before != NOTHING) {
            return before;
        }
        try {
            long result = call.perform();
            ended(request, result);
            return result;
        } catch (ErrnoException e) {
            ended(request, Failures.errno(e));
            throw e;
        }
    }

    /** A request that may be in work twice: has what is noted of it, or notes that it begins; returns which. */
    private boolean join(Request request, long first, long second) {
        synchronized (beginning) {
            int slot = table.join(request.firstUnique(), request.opcode(), IntentTable.NONE);
            if (slot == IntentTable.NONE && request.isSuperseded()) {
                throw new Superseded();
            }
            if (slot == IntentTable.NONE) {
                take(request, first, second);
                return false;
            }
            request.intent(slot);
            return true;
        }
    }

    /** Notes that it begins; returns whether it was sent again meanwhile. */
    private boolean take(Request request, long first, long second) {
        request.intent(table.begin(
                request.firstUnique(),
                request.opcode(),
                request.performer(),
                System.currentTimeMillis(),
                first,
                second));
        // Who has it as it was sent again sees what is noted here, or is seen here
        VarHandle.fullFence();
        return request.isSentAgainSince();
    }

    /** Whether somebody has begun it just before, and has it now. */
    private boolean leaveToOther(Request request) {
        synchronized (beginning) {
            int own = request.intent();
            int slot = table.join(request.firstUnique(), request.opcode(), own);
            if (slot == IntentTable.NONE) {
                return false;
            }
            request.intent(slot);
            if (own != IntentTable.NONE) {
                table.end(own);
            }
            return true;
        }
    }

    /** What was noted of a request, when nobody performs it any more. */
    private Intent former(Request request) throws ErrnoException {
        int slot = request.intent();
        // It is in work here as well: requests were sent again twice
        while (table.isShared(slot) && !table.isDone(slot)) {
            LockSupport.parkNanos(this, WAIT_NANOS);
            if (request.interrupted()) {
                throw new ErrnoException(Errno.EINTR, "repeated");
            }
        }
        return new Intent(table, slot);
    }

    private <T> T performAgain(Request request, Intent former, Call<T> call, Trace<T> trace, Sequel sequel)
            throws ErrnoException {
        request.attributes.clear();
        table.performer(request.intent(), request.performer());
        try {
            return perform(request, call, sequel);
        } catch (ErrnoException e) {
            boolean asIfDone = e.is(Errno.EEXIST) || e.is(Errno.ENOENT) || e.is(Errno.ENODATA);
            T found = asIfDone ? trace.find(former.begun()) : null;
            if (found == null) {
                throw e;
            }
            sequel.perform(former.begun());
            done(request, result(found));
            return found;
        }
    }

    private <T> T perform(Request request, Call<T> call, Sequel sequel) throws ErrnoException {
        try {
            T result = call.perform();
            step(IntentStep.PERFORMED, request);
            sequel.perform(null);
            done(request, result(result));
            return result;
        } catch (ErrnoException e) {
            step(IntentStep.PERFORMED, request);
            done(request, Failures.errno(e));
            throw e;
        }
    }

    /** What is noted of a result: a number, or that there is one, which is found again by the name. */
    private static long result(Object result) {
        return result instanceof Integer count ? count : 0;
    }

    private void done(Request request, long result) {
        if (request.intent() != IntentTable.NONE) {
            table.done(request.intent(), result);
        }
        step(IntentStep.DONE, request);
    }

    /**
     * The request has its reply, or wants none.
     *
     * @param comesAgain whether the reply did not count, because the request was sent again before
     */
    void end(Request request, boolean comesAgain) {
        int slot = request.intent();
        if (slot != IntentTable.NONE) {
            step(IntentStep.REPLIED, request);
            if (comesAgain) {
                table.leave(slot);
            } else {
                table.end(slot);
            }
            request.intent(IntentTable.NONE);
        }
    }

    private static void step(IntentStep step, Request request) {
        IntentStep.Witness present = witness;
        if (present != null) {
            present.at(step, request);
        }
    }
}
