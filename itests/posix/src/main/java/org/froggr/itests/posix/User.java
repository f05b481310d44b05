package org.froggr.itests.posix;

import static org.froggr.itests.posix.Linux.*;

import java.util.Arrays;
import org.froggr.api.ErrnoException;

/** Credentials that a thread takes on. The numbers belong to nobody and need no accounts. */
record User(int uid, int gid, int... groups) {
    /** An ordinary user, in {@link #TEAM} too. */
    static final User ALICE = new User(70001, 70001, 70010);

    /** Another one, in no group of Alice's. */
    static final User BOB = new User(70002, 70002);

    /** In Alice's own group. */
    static final User CAROL = new User(70003, 70001);

    /** In Alice's group, but not as his first one. */
    static final User DAVE = new User(70004, 70004, 70001);

    static final int TEAM = 70010;

    /** A group that no user of the list is in. */
    static final int STRANGERS = 70099;

    static User current() {
        return new User(Sys.getuid(), Sys.getgid());
    }

    /** {@code UID}, {@code UID:GID} or {@code UID:GID,GROUP,...}. */
    static User parse(String text) {
        int[] numbers = Arrays.stream(text.split("[:,]")).mapToInt(Integer::parseInt).toArray();
        int gid = numbers.length > 1 ? numbers[1] : numbers[0];
        return new User(numbers[0], gid, Arrays.copyOfRange(numbers, Math.min(2, numbers.length), numbers.length));
    }

    boolean root() {
        return uid == 0;
    }

    /**
     * Makes this thread, and no other one, act as this user: the system calls themselves, since the C library's
     * would change all threads. There is no way back; the thread must end.
     */
    void become() throws ErrnoException {
        Call.check(Sys.syscall(SYS_SETGROUPS, groups.length, groups.length == 0 ? new int[1] : groups), "setgroups");
        Call.check(Sys.syscall(SYS_SETRESGID, gid, gid, gid), "setresgid");
        Call.check(Sys.syscall(SYS_SETRESUID, uid, uid, uid), "setresuid");
    }
}
