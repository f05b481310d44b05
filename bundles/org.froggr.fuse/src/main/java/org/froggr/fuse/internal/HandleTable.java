package org.froggr.fuse.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
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
    private KeptHandles kept;
    private Consumer<ErrnoException> abandoned;

    /** Keeps all that changes from now on; nothing is open yet. */
    synchronized void keep(KeptHandles newKept, Consumer<ErrnoException> ifAbandoned) {
        kept = newKept;
        abandoned = ifAbandoned;
    }

    /** Begins with what another process left. */
    synchronized void restore(
            KeptHandles left, Consumer<ErrnoException> ifAbandoned, Function<KeptHandles.Opening, Handle> restorer)
            throws ErrnoException {
        left.load(new KeptHandles.Loading() {
            @Override
            public void free(int place, int generation) {
                reach(place);
                generations[place] = generation;
                makeFree(place);
            }

            @Override
            public void used(int place, int generation, KeptHandles.Opening opening) {
                reach(place);
                generations[place] = generation;
                Handle handle = restorer.apply(opening);
                handle.number(numberOf(place));
                handles[place] = handle;
                count++;
            }
        });
        kept = left;
        abandoned = ifAbandoned;
    }

    private void reach(int place) {
        while (place >= handles.length) {
            grow();
        }
        used = place + 1;
    }

    /** Nothing of what happens from now on is kept; what was kept stays as it is. */
    synchronized void detach() {
        kept = null;
    }

    private long numberOf(int place) {
        return (long) generations[place] << 32 | place + 1;
    }

    /** All that are open now. */
    synchronized List<Handle> all() {
        List<Handle> all = new ArrayList<>(count);
        for (int place = 0; place < used; place++) {
            if (handles[place] != null) {
                all.add(handles[place]);
            }
        }
        return all;
    }

    /**
     * Gives a handle a number.
     *
     * @throws ErrnoException ENFILE if there are too many
     */
    synchronized long add(Handle handle) throws ErrnoException {
        int place = takePlace();
        handle.number(numberOf(place));
        HANDLES.setRelease(handles, place, handle);
        count++;
        if (kept != null) {
            try {
                kept.add(place, generations[place], handle);
            } catch (ErrnoException e) {
                kept = null;
                abandoned.accept(e);
            }
        }
        return handle.number();
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

    /** What is open by that number, null if nothing. */
    Handle get(long number) {
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
            grow();
        }
        return used++;
    }

    private void grow() {
        int length = handles.length * 2;
        // In this order: who finds a place in the second finds it in the first
        nextFree = Arrays.copyOf(nextFree, length);
        handles = Arrays.copyOf(handles, length);
        generations = Arrays.copyOf(generations, length);
    }

    private void free(int place) {
        generations[place] = generations[place] + 1 & Integer.MAX_VALUE;
        HANDLES.setRelease(handles, place, (Handle) null);
        if (kept != null) {
            kept.free(place, generations[place]);
        }
        makeFree(place);
        count--;
    }

    private void makeFree(int place) {
        nextFree[place] = firstFree;
        firstFree = place;
    }
}
