package org.froggr.itests.posix;

import static org.froggr.itests.posix.Linux.*;

import java.nio.ByteBuffer;
import org.froggr.api.ErrnoException;

/** Unix sockets with names, unix(7). */
final class Sockets {
    private static final int AF_UNIX = 1;
    private static final int SOCK_STREAM = 1;

    private Sockets() {}

    /** A socket of this name that listens. */
    static int listen(String name) throws ErrnoException {
        int fd = socket();
        byte[] address = address(name);
        Call.check(Sys.bind(fd, address, address.length), "bind", name);
        Call.check(Sys.listen(fd, 5), "listen");
        return fd;
    }

    static int connect(String name) throws ErrnoException {
        int fd = socket();
        byte[] address = address(name);
        Call.check(Sys.connect(fd, address, address.length), "connect", name);
        return fd;
    }

    static int accept(int fd) throws ErrnoException {
        return Opened.add(Call.check(Sys.accept4(fd, null, null, O_CLOEXEC), "accept"));
    }

    private static int socket() throws ErrnoException {
        return Opened.add(Call.check(Sys.socket(AF_UNIX, SOCK_STREAM | O_CLOEXEC, 0), "socket"));
    }

    private static byte[] address(String name) {
        byte[] path = Call.name(name);
        byte[] address = new byte[2 + path.length];
        ByteBuffer b = Call.struct(address);
        b.putShort(0, (short) AF_UNIX);
        System.arraycopy(path, 0, address, 2, path.length);
        return address;
    }
}
