package org.froggr.itests.posix;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The descriptors that a case opened and did not close: closed for it at its end. */
final class Opened {
    /** Of the case, also on the threads that it starts. */
    private static final InheritableThreadLocal<Set<Integer>> OF_CASE = new InheritableThreadLocal<>();

    private Opened() {}

    static void begin() {
        OF_CASE.set(ConcurrentHashMap.newKeySet());
    }

    static int add(int fd) {
        Set<Integer> open = OF_CASE.get();
        if (open != null) {
            open.add(fd);
        }
        return fd;
    }

    static void remove(int fd) {
        Set<Integer> open = OF_CASE.get();
        if (open != null) {
            open.remove(fd);
        }
    }

    static void closeAll() {
        Set<Integer> open = OF_CASE.get();
        if (open != null) {
            open.forEach(Sys::close);
            open.clear();
        }
    }
}
