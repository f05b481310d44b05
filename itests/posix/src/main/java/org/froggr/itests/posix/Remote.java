package org.froggr.itests.posix;

import java.io.Serializable;

/** Calls that another process makes. The lambda travels there, with the numbers and strings it captured. */
@FunctionalInterface
interface Remote<T> extends Serializable {
    T call() throws Exception;

    /** One with no result. */
    @FunctionalInterface
    interface Run extends Serializable {
        void run() throws Exception;
    }
}
