package org.froggr.fuse.internal;

/**
 * How many threads read the requests of one connection: one as a rule, which waits in read(2), so that a request costs
 * one wake-up and three system calls with its operation. A second one is called
 * <ul>
 *   <li>when requests were waiting at most of the last times that this was looked at, which is done now and then;
 *   <li>before an operation that takes long as such, unless somebody waits already;
 *   <li>before all, as long as the connection is {@linkplain #careful slow}.
 * </ul>
 * It leaves when there was never anything for it to do: the kernel has threads take turns, so it would cost where it
 * does not help.
 */
final class Staffing {
    /** Threads that find something to do at the same time if none of them waits for anything else. */
    private static final int USEFUL = Math.max(2, Runtime.getRuntime().availableProcessors());

    /** Data from this size on takes long to copy. */
    private static final int LARGE = 1 << 16;

    /** What one thread has seen. */
    static final class Looks {
        private static final int REQUESTS_A_LOOK = 8;
        private static final int RECENT = 0xf;
        private static final int CROWDED = 3;
        private static final int LONG_AGO = 0xff;

        private int requests;

        /** A bit for each look, the last one lowest: whether there was something for two. */
        private int seen = LONG_AGO;

        /** It begins with a connection. */
        void clear() {
            requests = 0;
            seen = LONG_AGO & ~RECENT;
        }

        private boolean isDue() {
            return ++requests % REQUESTS_A_LOOK == 0;
        }

        private void note(boolean isForTwo) {
            seen = seen << 1 | (isForTwo ? 1 : 0);
        }

        private boolean isCrowded() {
            return Integer.bitCount(seen & RECENT) >= CROWDED;
        }

        private boolean isLonely() {
            return (seen & LONG_AGO) == 0;
        }
    }

    private final Crew crew;
    private final KernelChannel channel;
    private final Runnable call;
    private volatile boolean careful;

    /** @param call has one more thread come when there is a request */
    Staffing(Crew crew, KernelChannel channel, Runnable call) {
        this.crew = crew;
        this.channel = channel;
        this.call = call;
    }

    /** From now on operations are expected to take long, or no longer so. */
    void careful(boolean isSlow) {
        careful = isSlow;
    }

    /**
     * A thread has read a request and is about to perform it.
     *
     * @return whether it should read another one afterwards
     */
    boolean before(Request request, Performing self, Looks looks) {
        if (careful || isLong(request)) {
            callUnlessSomebodyWaits(self);
            return true;
        }
        if (!looks.isDue()) {
            return true;
        }
        looks.note(crew.isAnyBusy(self) || channel.hasMore(request));
        if (looks.isCrowded()) {
            if (crew.size() < USEFUL) {
                callUnlessSomebodyWaits(self);
            }
            return true;
        }
        return !looks.isLonely() || !crew.isAnyReading(self);
    }

    /** @param self null for none of them */
    void callUnlessSomebodyWaits(Performing self) {
        if (!crew.isAnyReading(self)) {
            call.run();
        }
    }

    private static boolean isLong(Request request) {
        int opcode = request.opcode();
        if (opcode == FuseOpcode.READ.number() || opcode == FuseOpcode.WRITE.number()) {
            return request.int32(FuseWire.IO_SIZE) >= LARGE;
        }
        return opcode == FuseOpcode.FSYNC.number()
                || opcode == FuseOpcode.FSYNCDIR.number()
                || opcode == FuseOpcode.SYNCFS.number()
                || opcode == FuseOpcode.FALLOCATE.number()
                || opcode == FuseOpcode.COPY_FILE_RANGE.number()
                || opcode == FuseOpcode.COPY_FILE_RANGE_64.number();
    }
}
