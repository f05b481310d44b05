package org.froggr.itests.posix;

import static org.froggr.itests.posix.Linux.*;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.froggr.api.ErrnoException;

/** inotify(7). */
final class Inotify {
    private static final int HEADER_BYTES = 16;
    private static final int ROOM = 64 * 1024;

    private final int fd;

    private Inotify(int fd) {
        this.fd = fd;
    }

    /** An event: bits of IN_*, the cookie that joins two of them, and the name in the watched directory or "". */
    record Event(int mask, int cookie, String name) {
        boolean is(int bit, String expectedName) {
            return (mask & bit) != 0 && name.equals(expectedName);
        }
    }

    static Inotify open() throws ErrnoException {
        return new Inotify(Opened.add(Call.check(Sys.inotify_init1(O_CLOEXEC | O_NONBLOCK), "inotify_init1")));
    }

    void watch(String name, int mask) throws ErrnoException {
        Call.check(Sys.inotify_add_watch(fd, Call.name(name), mask), "inotify_add_watch", name);
    }

    /** What has happened; the kernel queues an event before the call that caused it returns. */
    List<Event> events() throws ErrnoException {
        List<Event> events = new ArrayList<>();
        byte[] buffer = new byte[ROOM];
        long length = Sys.read(fd, buffer, ROOM);
        if (length < 0) {
            if (Call.failedWith(org.froggr.api.Errno.EAGAIN)) {
                return events;
            }
            throw Call.failed("read of inotify");
        }
        ByteBuffer b = Call.struct(buffer);
        for (int at = 0; at < length; at += HEADER_BYTES + b.getInt(at + 12)) {
            String name = Fds.text(java.util.Arrays.copyOfRange(
                            buffer, at + HEADER_BYTES, at + HEADER_BYTES + b.getInt(at + 12)))
                    .replaceAll("\0.*", "");
            events.add(new Event(b.getInt(at + 4), b.getInt(at + 8), name));
        }
        return events;
    }

    boolean saw(int bit, String name) throws ErrnoException {
        return events().stream().anyMatch(event -> event.is(bit, name));
    }
}
