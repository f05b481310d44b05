package org.froggr.itests.posix;

import static org.froggr.itests.posix.Check.*;
import static org.froggr.itests.posix.Linux.*;

import java.util.Arrays;
import java.util.Random;

/** A file beside an array that must always hold the same, under a random mixture of calls. */
final class FileModel {
    private static final int ROOM = 256 * 1024;
    private static final int LONGEST = 20_000;

    private final Random random;
    private final Kind kind;
    private final byte[] model = new byte[ROOM];
    private int size;
    private int fd;
    private String last = "";

    /** What else is in the mixture. */
    enum Kind {
        CALLS,
        MAPPINGS,
        RANGES
    }

    FileModel(Random random, Kind kind) {
        this.random = random;
        this.kind = kind;
    }

    void run(int steps) throws Exception {
        fd = Fds.open("model", O_RDWR | O_CREAT, 0644);
        for (int i = 0; i < steps; i++) {
            step(i);
        }
        compare("the end");
    }

    private void step(int i) throws Exception {
        int what = random.nextInt(kind == Kind.CALLS ? 9 : 11);
        int offset = random.nextInt(ROOM - LONGEST);
        int length = 1 + random.nextInt(LONGEST);
        last = "step " + i + ", call " + what + " at " + offset + " of " + length + ", size " + size;
        switch (what) {
            case 0, 1, 2 -> write(offset, length);
            case 3, 4 -> read(offset, length);
            case 5 -> truncate(offset);
            case 6 -> append(length);
            case 7 -> reopen();
            case 8 -> copy(offset, length);
            default -> special(what == 9, offset, length);
        }
        if (i % 100 == 0) {
            compare(last);
        }
    }

    private byte[] noise(int length) {
        byte[] data = new byte[length];
        random.nextBytes(data);
        return data;
    }

    private void put(byte[] data, int offset) {
        System.arraycopy(data, 0, model, offset, data.length);
        size = Math.max(size, offset + data.length);
    }

    private void write(int offset, int length) throws Exception {
        byte[] data = noise(length);
        same(length, Fds.pwrite(fd, data, offset), last + ": written");
        put(data, offset);
    }

    private void append(int length) throws Exception {
        if (size + length > ROOM) {
            return;
        }
        byte[] data = noise(length);
        int appending = Fds.open("model", O_WRONLY | O_APPEND);
        Fds.write(appending, data);
        Fds.close(appending);
        put(data, size);
    }

    private void read(int offset, int length) throws Exception {
        int end = Math.min(size, offset + length);
        byte[] expected = offset >= end ? new byte[0] : Arrays.copyOfRange(model, offset, end);
        same(expected, Fds.pread(fd, length, offset), last);
    }

    private void truncate(int length) throws Exception {
        Fds.ftruncate(fd, length);
        if (length < size) {
            Arrays.fill(model, length, size, (byte) 0);
        }
        size = length;
    }

    private void reopen() throws Exception {
        Fds.close(fd);
        fd = Fds.open("model", O_RDWR);
        same(size, Stat.of(fd).size(), last + ": size");
    }

    private void copy(int offset, int length) throws Exception {
        if (size < 2 * length) {
            return;
        }
        long[] from = {random.nextInt(size - 2 * length + 1)};
        long[] to = {from[0] + length};
        byte[] data = Arrays.copyOfRange(model, (int) from[0], (int) from[0] + length);
        put(data, (int) to[0]);
        int left = length;
        while (left > 0) {
            long count = Call.check(Sys.copy_file_range(fd, from, fd, to, left, 0), "copy_file_range");
            that(count > 0, last + ": copying goes on");
            left -= (int) count;
        }
    }

    private void special(boolean first, int offset, int length) throws Exception {
        if (kind == Kind.MAPPINGS) {
            if (first) {
                mapWrite(length);
            } else {
                mapRead(length);
            }
        } else if (first) {
            Fds.fallocate(fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, offset, length);
            Arrays.fill(model, offset, offset + length, (byte) 0);
        } else {
            Fds.fallocate(fd, 0, offset, length);
            size = Math.max(size, offset + length);
        }
    }

    private void mapWrite(int length) throws Exception {
        if (size < 2) {
            return;
        }
        int offset = random.nextInt(size - 1);
        byte[] data = noise(Math.min(length, size - offset));
        try (Mapping mapping = Mapping.shared(fd, size)) {
            mapping.put(offset, Fds.text(data));
        }
        put(data, offset);
    }

    private void mapRead(int length) throws Exception {
        if (size < 2) {
            return;
        }
        int offset = random.nextInt(size - 1);
        int count = Math.min(length, size - offset);
        try (Mapping mapping = Mapping.shared(fd, size)) {
            same(Arrays.copyOfRange(model, offset, offset + count), Fds.bytes(mapping.text(offset, count)), last);
        }
    }

    private void compare(String when) throws Exception {
        same(size, Stat.of("model").size(), when + ": size by name");
        same(Arrays.copyOf(model, size), Fds.pread(fd, ROOM, 0), when + ": content");
    }
}
