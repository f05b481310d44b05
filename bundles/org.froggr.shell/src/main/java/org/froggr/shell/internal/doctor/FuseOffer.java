package org.froggr.shell.internal.doctor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import org.froggr.api.BytePath;
import org.froggr.api.ByteText;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Fd;
import org.froggr.linux.FuseDevice;
import org.froggr.linux.Ids;
import org.froggr.linux.Mounts;
import org.froggr.linux.Namespaces;
import org.froggr.linux.OwnedFd;
import org.froggr.linux.Poll;

/**
 * What the kernel offers of FUSE, as its INIT request says it (struct fuse_init_in of linux/fuse.h): asked for
 * by a mount in a namespace that nobody else sees and that ends at once. Needs CAP_SYS_ADMIN.
 *
 * @param minor version of the protocol 7.x
 */
record FuseOffer(int minor, long flags) {
    static final BytePath DEVICE = BytePath.of("/dev/fuse");

    private static final BytePath SOURCE = BytePath.of("froggr-doctor");
    private static final int PATIENCE_MILLIS = 2000;

    /** FUSE_MIN_READ_BUFFER. */
    private static final int BUFFER_BYTES = 8192;

    private static final int MINOR = 44;
    private static final int FLAGS = 52;
    private static final int FLAGS2 = 56;
    private static final int END = 60;

    /** What Froggr makes use of, by its name in linux/fuse.h. */
    private static final Map<String, Integer> BITS = Map.of("FUSE_PASSTHROUGH", 37, "FUSE_HAS_RESEND", 39);

    boolean has(String feature) {
        return (flags >>> BITS.get(feature) & 1) != 0;
    }

    static FuseOffer ask() throws ErrnoException {
        return Namespaces.<FuseOffer, ErrnoException>callIsolated(() -> {
            Namespaces.unshare(Namespaces.CLONE_NEWNS);
            Mounts.mount(SOURCE, BytePath.ROOT, "", Mounts.MS_REC | Mounts.MS_PRIVATE, new byte[0]);
            try (OwnedFd device = OwnedFd.of(Fd.open(DEVICE, Fd.O_RDWR, 0))) {
                String options = "fd=" + device.number() + ",rootmode=40000,user_id=" + Ids.euid() + ",group_id="
                        + Ids.egid();
                Mounts.mount(SOURCE, BytePath.ROOT, "fuse", 0, ByteText.encode(options));
                return read(device.number());
            }
        });
    }

    private static FuseOffer read(int device) throws ErrnoException {
        if ((Poll.poll(device, Poll.IN, PATIENCE_MILLIS) & Poll.IN) == 0) {
            throw new ErrnoException(Errno.ETIMEDOUT, "read");
        }
        ByteBuffer request = FuseDevice.map(BUFFER_BYTES).order(ByteOrder.nativeOrder());
        try {
            int count = FuseDevice.read(device, FuseDevice.address(request), BUFFER_BYTES);
            if (count < 0) {
                throw new ErrnoException(-count, "read", DEVICE);
            }
            long upper = count >= END ? Integer.toUnsignedLong(request.getInt(FLAGS2)) << 32 : 0;
            return new FuseOffer(request.getInt(MINOR), Integer.toUnsignedLong(request.getInt(FLAGS)) | upper);
        } finally {
            FuseDevice.unmap(request);
        }
    }
}
