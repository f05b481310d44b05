package org.froggr.session.internal.process;

import java.util.Arrays;
import java.util.Optional;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Fd;
import org.froggr.linux.Stat;

/** Finds programs as execvp(3) does, and where a system keeps them if they are not on the path. */
final class Programs {
    private static final String STANDARD_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final int EXECUTABLE = 0111;

    private final String path;

    /** @param path as the variable PATH, ByteText; may be empty */
    Programs(String path) {
        this.path = path.isEmpty() ? STANDARD_PATH : path + ":" + STANDARD_PATH;
    }

    /** What the variable PATH should be for a program that we start. */
    String path() {
        return path;
    }

    Optional<BytePath> find(String name) {
        return Arrays.stream(path.split(":"))
                .filter(dir -> dir.startsWith("/"))
                .map(dir -> BytePath.of(dir).resolve(name))
                .filter(Programs::isExecutable)
                .findFirst();
    }

    /** @throws ErrnoException ENOENT naming the program */
    BytePath require(String name) throws ErrnoException {
        return find(name)
                .orElseThrow(() -> new ErrnoException(Errno.ENOENT.number(), "execve", BytePath.of(name)));
    }

    private static boolean isExecutable(BytePath file) {
        try {
            Stat stat = Stat.at(Fd.AT_FDCWD, file, true);
            return stat.isRegular() && (stat.mode() & EXECUTABLE) != 0;
        } catch (ErrnoException e) {
            return false;
        }
    }
}
