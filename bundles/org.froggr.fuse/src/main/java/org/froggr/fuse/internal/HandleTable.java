package org.froggr.fuse.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;

/**
 * What the kernel has open, by the numbers that it was given (fh): a place in a table, plus one, and in the
 * upper half how often that place was used before. Look-ups take no lock; changes are made in {@link #add},
 * {@link #remove} and {@link #drain} only.
 */
final class HandleTable {
    /** More than a system has open files. */
    private static final int MOST_HANDLES = 1 << 22;

    private static final int FIRST_CAPACITY = 16;

    private static final VarHandle HANDLES = MethodHandles.arrayElementVarHandle(Handle[].class);

    private volatile Handle[] handles = new Handle[FIRST_CAPACITY];
    private volatile int[] generations = new int[FIRST_CAPACITY];
    private int[] nextFree = new int[FIRST_CAPACITY];
    private int used;
    private int count;
    private int firstFree = -1;

    /**
     * Gives a handle a number.
     *
     * @throws ErrnoException ENFILE if there are too many
     */
    synchronized long add(Handle handle) throws ErrnoException {
        int place = takePlace();
        HANDLES.setRelease(handles, place, handle);
        count++;
        return (long) generations[place] << 32 | place + 1;
    }

    /** The open file of that number, EBADF if there is none. */
    FileHandle file(long number) throws ErrnoException {
        if (get(number) instanceof FileHandle file) {
            return file;
        }
        throw new ErrnoException(Errno.EBADF, "handle");
    }

    /** The open directory of that number, EBADF if there is none. */
    DirectoryHandle directory(long number) throws ErrnoException {
        if (get(number) instanceof DirectoryHandle directory) {
            return directory;
        }
        throw new ErrnoException(Errno.EBADF, "handle");
    }

    private Handle get(long number) {
        int place = (int) number - 1;
        int[] current = generations;
        if (place < 0 || place >= current.length || current[place] != (int) (number >>> 32)) {
            return null;
        }
        return (Handle) HANDLES.getAcquire(handles, place);
    }

    /** Takes a number back; returns what it was of, null if nothing. */
    synchronized Handle remove(long number) {
        Handle handle = get(number);
        if (handle != null) {
            free((int) number - 1);
        }
        return handle;
    }

    synchronized int count() {
        return count;
    }

    /** Takes all numbers back. */
    synchronized List<Handle> drain() {
        List<Handle> all = new ArrayList<>(count);
        for (int place = 0; place < used; place++) {
            if (handles[place] != null) {
                all.add(handles[place]);
                free(place);
            }
        }
        return all;
    }

    private int takePlace() throws ErrnoException {
        if (firstFree >= 0) {
            int place = firstFree;
            firstFree = nextFree[place];
            return place;
        }
        if (used == MOST_HANDLES) {
            throw new ErrnoException(Errno.ENFILE, "open");
        }
        if (used == handles.length) {
            // In this order: who finds a place in the second finds it in the first
            nextFree = Arrays.copyOf(nextFree, used * 2);
            handles = Arrays.copyOf(handles, used * 2);
            generations = Arrays.copyOf(generations, used * 2);
        }
        return used++;
    }

    private void free(int place) {
        generations[place] = generations[place] + 1 & Integer.MAX_VALUE;
        HANDLES.setRelease(handles, place, (Handle) null);
        nextFree[place] = firstFree;
        firstFree = place;
        count--;
    }
}
