package org.froggr.linux;

import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A program that sends one of its descriptors over a Unix socket (SCM_RIGHTS, unix(7)) and ends: for those who
 * have a descriptor and are no programs that could, such as a shell. Its status is 0, or 1 with a sentence on the
 * standard error.
 */
@ProviderType
public final class DescriptorSender {
    private DescriptorSender() {}

    /** @param arguments directory and name of the listening socket, number of the descriptor */
    public static void main(String[] arguments) {
        try {
            send(BytePath.of(arguments[0]), BytePath.of(arguments[1]), Integer.parseInt(arguments[2]));
        } catch (ErrnoException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static void send(BytePath directory, BytePath name, int descriptor) throws ErrnoException {
        try (OwnedFd at = OwnedFd.of(Fd.open(directory, Fd.O_PATH | Fd.O_DIRECTORY, 0));
                OwnedFd socket = OwnedFd.of(UnixSocket.connect(at.number(), name))) {
            UnixSocket.sendDescriptor(socket.number(), new byte[] {1}, descriptor);
        }
    }
}
