package org.froggr.fuse.internal;

/** Where an operation of the intent record is; also where a test may end the process. */
enum IntentStep {
    /** The request was read, nothing was noted. */
    READ,
    /** It is noted that it will be performed. */
    STARTED,
    /** The tree has performed it, which is not noted yet. */
    PERFORMED,
    /** What came of it is noted, and not replied yet. */
    DONE,
    /** The kernel has the reply. */
    REPLIED;

    /** What is told of steps; by the thread that performs. */
    interface Witness {
        void at(IntentStep step, Request request);
    }
}
