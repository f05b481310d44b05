package org.froggr.fuse.internal;

/** The threads that are inside one connection. Any thread; nothing is allocated but when one comes or goes. */
final class Crew {
    private volatile Performing[] members = {};

    synchronized void add(Performing thread) {
        Performing[] more = new Performing[members.length + 1];
        System.arraycopy(members, 0, more, 0, members.length);
        more[members.length] = thread;
        members = more;
    }

    synchronized void remove(Performing thread) {
        Performing[] fewer = new Performing[members.length - 1];
        int count = 0;
        for (Performing member : members) {
            if (member != thread) {
                fewer[count++] = member;
            }
        }
        members = fewer;
    }

    int size() {
        return members.length;
    }

    /** Interrupts a request; returns whether one of them performs it. */
    boolean interrupt(long unique) {
        boolean found = false;
        for (Performing member : members) {
            found |= member.interrupt(unique);
        }
        return found;
    }

    /** Whether another one than that waits for a request, and so will perform the next one. */
    boolean isAnyReading(Performing but) {
        for (Performing member : members) {
            if (member != but && member.isReading()) {
                return true;
            }
        }
        return false;
    }

    /** Whether another one than that performs a request. */
    boolean isAnyBusy(Performing but) {
        for (Performing member : members) {
            if (member != but && member.isBusy()) {
                return true;
            }
        }
        return false;
    }

    /** Tells all that wait for a request to leave; to be repeated until they have. */
    void expel() {
        for (Performing member : members) {
            member.expel();
        }
    }
}
