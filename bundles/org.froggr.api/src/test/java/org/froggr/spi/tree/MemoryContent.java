package org.froggr.spi.tree;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** The bytes of a file; pages that were never written take no memory. The caller holds the tree's lock. */
final class MemoryContent {
    /** Bytes. */
    static final int PAGE = 4096;

    private final TreeMap<Long, byte[]> pages = new TreeMap<>();
    private long size;

    long size() {
        return size;
    }

    int pageCount() {
        return pages.size();
    }

    int read(long offset, ByteBuffer into) {
        int count = (int) Math.max(0, Math.min(into.remaining(), size - offset));
        for (int done = 0; done < count; ) {
            long at = offset + done;
            int part = Math.min(count - done, PAGE - (int) (at % PAGE));
            byte[] page = pages.get(at / PAGE);
            if (page == null) {
                into.put(new byte[part]);
            } else {
                into.put(page, (int) (at % PAGE), part);
            }
            done += part;
        }
        return count;
    }

    int write(long offset, ByteBuffer from) {
        int count = from.remaining();
        for (int done = 0; done < count; ) {
            long at = offset + done;
            int part = Math.min(count - done, PAGE - (int) (at % PAGE));
            from.get(pages.computeIfAbsent(at / PAGE, k -> new byte[PAGE]), (int) (at % PAGE), part);
            done += part;
        }
        size = count == 0 ? size : Math.max(size, offset + count);
        return count;
    }

    void resize(long newSize) {
        if (newSize < size) {
            zero(newSize, size - newSize);
        }
        size = newSize;
    }

    /** Makes a hole. */
    void zero(long offset, long length) {
        long end = offset + length;
        long firstWhole = (offset + PAGE - 1) / PAGE;
        long endWhole = end >= size ? Long.MAX_VALUE : end / PAGE;
        if (firstWhole < endWhole) {
            pages.subMap(firstWhole, endWhole).clear();
        }
        zeroPart(offset, Math.min(end, firstWhole * PAGE));
        if (endWhole != Long.MAX_VALUE && endWhole >= firstWhole) {
            zeroPart(endWhole * PAGE, end);
        }
    }

    private void zeroPart(long from, long to) {
        byte[] page = from < to ? pages.get(from / PAGE) : null;
        if (page != null) {
            Arrays.fill(page, (int) (from % PAGE), (int) (from % PAGE + to - from), (byte) 0);
        }
    }

    /** Offset of the next data, -1 if there is none. */
    long data(long offset) {
        Map.Entry<Long, byte[]> next = pages.ceilingEntry(offset / PAGE);
        long at = next == null ? -1 : Math.max(offset, next.getKey() * PAGE);
        return at < size ? at : -1;
    }

    /** Offset of the next hole; the end of the file is one. */
    long hole(long offset) {
        long page = offset / PAGE;
        while (pages.containsKey(page)) {
            page++;
        }
        return Math.min(size, Math.max(offset, page * PAGE));
    }
}
