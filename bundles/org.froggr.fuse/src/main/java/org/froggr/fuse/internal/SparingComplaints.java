package org.froggr.fuse.internal;

import java.util.concurrent.TimeUnit;

/** Says a few things at once, then one a second: what fails for one request may fail for thousands. */
final class SparingComplaints implements Complaints {
    private static final int AT_ONCE = 10;
    private static final long NANOS_EACH = TimeUnit.SECONDS.toNanos(1);

    private final Complaints to;
    private final String label;
    private long paidUntil;
    private int unsaid;

    /**
     * @param label what each begins with
     */
    SparingComplaints(Complaints to, String label) {
        this.to = to;
        this.label = label;
        this.paidUntil = System.nanoTime() - AT_ONCE * NANOS_EACH;
    }

    @Override
    public void say(String message, Throwable cause) {
        String more = pay(System.nanoTime());
        if (more != null) {
            to.say(label + ": " + message + more, cause);
        }
    }

    /** Returns what is to be said of those that were not, null if this is one of them. */
    private synchronized String pay(long now) {
        paidUntil = Math.max(paidUntil, now - AT_ONCE * NANOS_EACH);
        if (paidUntil > now - NANOS_EACH) {
            unsaid++;
            return null;
        }
        paidUntil += NANOS_EACH;
        String more = unsaid == 0 ? "" : " (and " + unsaid + " times something since)";
        unsaid = 0;
        return more;
    }
}
