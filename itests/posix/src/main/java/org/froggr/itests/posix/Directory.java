package org.froggr.itests.posix;

import static org.froggr.itests.posix.Linux.*;

import com.sun.jna.Pointer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.froggr.api.ByteText;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;

/** A directory being read, as dirent.h has it. */
final class Directory implements AutoCloseable {
    private static final int MAX_NAME = 256;

    private final Pointer stream;

    private Directory(Pointer stream) {
        this.stream = stream;
    }

    /** An entry as readdir(3) tells it; {@code type} is DT_UNKNOWN (0) or that of S_IFMT shifted by 12. */
    record Entry(String name, long inode, int type) {}

    static Directory open(String name) throws ErrnoException {
        int fd = Call.check(Sys.open(Call.name(name), O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0), "opendir", name);
        return new Directory(Sys.fdopendir(fd));
    }

    /** The next one, or null at the end. */
    Entry next() {
        Pointer entry = Sys.readdir(stream);
        if (entry == null) {
            return null;
        }
        byte[] name = entry.getByteArray(19, Math.min(MAX_NAME, entry.getShort(16) - 19));
        int length = 0;
        while (length < name.length && name[length] != 0) {
            length++;
        }
        return new Entry(ByteText.decode(java.util.Arrays.copyOf(name, length)), entry.getLong(0), entry.getByte(18));
    }

    /** The rest, with {@code .} and {@code ..}. */
    List<Entry> rest() {
        List<Entry> all = new ArrayList<>();
        for (Entry entry = next(); entry != null; entry = next()) {
            all.add(entry);
        }
        return all;
    }

    long tell() {
        return Sys.telldir(stream);
    }

    void seek(long place) {
        Sys.seekdir(stream, place);
    }

    void rewind() {
        Sys.rewinddir(stream);
    }

    @Override
    public void close() {
        Sys.closedir(stream);
    }

    /** Names without {@code .} and {@code ..}; IllegalStateException if one comes twice. */
    static Set<String> names(String directory) throws ErrnoException {
        try (Directory open = open(directory)) {
            return names(open.rest());
        }
    }

    static Set<String> names(List<Entry> entries) {
        Set<String> names = new TreeSet<>();
        for (Entry entry : entries) {
            if (!entry.name().equals(".") && !entry.name().equals("..") && !names.add(entry.name())) {
                throw new IllegalStateException("twice in one listing: " + entry.name());
            }
        }
        return names;
    }

    /** Removes a name and what is below it, whatever the modes. What another one removes meanwhile is no error. */
    static void removeAll(int parent, String name) throws ErrnoException {
        byte[] path = Call.name(name);
        if (Sys.unlinkat(parent, path, 0) == 0 || Call.failedWith(Errno.ENOENT)) {
            return;
        }
        if (!Call.failedWith(Errno.EISDIR) && !Call.failedWith(Errno.EPERM) && !Call.failedWith(Errno.EACCES)) {
            throw Call.failed("unlink", name);
        }
        Sys.fchmodat(parent, path, 0700, 0);
        int fd = Sys.openat(parent, path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC, 0);
        Call.check(fd, "open for removal", name);
        try (Directory open = new Directory(Sys.fdopendir(fd))) {
            for (String inside : names(open.rest())) {
                removeAll(fd, inside);
            }
        }
        Call.check(Sys.unlinkat(parent, path, AT_REMOVEDIR), "rmdir", name);
    }
}
