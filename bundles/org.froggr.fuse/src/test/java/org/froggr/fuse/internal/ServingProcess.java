package org.froggr.fuse.internal;

import java.time.Duration;
import org.froggr.api.BytePath;
import org.froggr.linux.Fd;
import org.froggr.linux.PidFd;
import org.froggr.spi.presentation.FileService;
import org.froggr.spi.presentation.ServeRequest;
import org.froggr.spi.tree.FileTree;

/**
 * A process that serves a directory through a device that its parent holds, until its input ends or it is killed.
 * Says {@code serving} and what it has lost.
 */
final class ServingProcess {
    private ServingProcess() {}

    /** Arguments: parent, its descriptor of the device, recovery directory, directory to serve, then words. */
    public static void main(String[] arguments) throws Exception {
        int device;
        try (PidFd parent = PidFd.open(Long.parseLong(arguments[0]))) {
            device = parent.get(Integer.parseInt(arguments[1]));
        }
        int recovery = Fd.open(BytePath.of(arguments[2]), Fd.O_PATH | Fd.O_DIRECTORY, 0);
        boolean passthrough = arguments[4].contains("passthrough");
        boolean takeOver = arguments[4].contains("takeover");
        FuseServer server = new FuseServer(RealMount::complain);
        FileTree tree = new DiskTree(arguments[3], passthrough);
        FileService service = server.serve(new Recoverable(device, tree, "test", passthrough, recovery, takeOver));
        if (arguments[4].contains("again")) {
            // As when the bundle is updated in a platform that goes on
            System.out.println("serving");
            System.in.read();
            server.close();
            server = new FuseServer(RealMount::complain);
            tree = new DiskTree(arguments[3], passthrough);
            service = server.serve(new Recoverable(device, tree, "test", passthrough, recovery, true));
        }
        Fd.close(device);
        Fd.close(recovery);
        System.out.println("serving");
        while (System.in.read() >= 0) {
            System.out.println(String.join("; ", service.losses()));
        }
        if (arguments[4].contains("handover")) {
            service.handOver();
        } else {
            service.close();
        }
        server.close();
    }

    /** What the session manager asks for. */
    record Recoverable(
            int device, FileTree tree, String label, boolean passthrough, int recovery, boolean isTakenOver)
            implements ServeRequest {
        @Override
        public Duration operationLimit() {
            return Duration.ZERO;
        }
    }
}
