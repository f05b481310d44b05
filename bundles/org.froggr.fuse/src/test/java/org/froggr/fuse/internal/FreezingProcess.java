package org.froggr.fuse.internal;

import java.util.concurrent.CountDownLatch;
import org.froggr.api.BytePath;
import org.froggr.backend.local.internal.LocalOptions;
import org.froggr.backend.local.internal.LocalTree;
import org.froggr.linux.Fd;
import org.froggr.linux.PidFd;

/**
 * A process that serves a directory through a device that its parent holds, and in which every operation of the intent
 * record stops for ever at one step. Says {@code serving}, and {@code frozen} for each that has come so far.
 */
final class FreezingProcess {
    private FreezingProcess() {}

    /**
     * Arguments: parent, its descriptor of the device, recovery directory, directory to serve, step or NEVER,
     * whether it takes over.
     */
    public static void main(String[] arguments) throws Exception {
        int device;
        try (PidFd parent = PidFd.open(Long.parseLong(arguments[0]))) {
            device = parent.get(Integer.parseInt(arguments[1]));
        }
        int recovery = Fd.open(BytePath.of(arguments[2]), Fd.O_PATH | Fd.O_DIRECTORY, 0);
        int root = Fd.open(BytePath.of(arguments[3]), Fd.O_PATH | Fd.O_DIRECTORY, 0);
        Intents.witness = (step, request) -> {
            if (step.name().equals(arguments[4])) {
                System.out.println("frozen");
                forever();
            }
        };
        FuseServer server = new FuseServer(RealMount::complain);
        LocalTree tree = LocalTree.open(root, LocalOptions.DEFAULT);
        boolean takesOver = Boolean.parseBoolean(arguments[5]);
        server.serve(new ServingProcess.Recoverable(device, tree, "test", false, recovery, takesOver));
        Fd.close(device);
        System.out.println("serving");
        while (System.in.read() >= 0) {
            // Until the parent is gone
        }
        System.exit(0);
    }

    private static void forever() {
        CountDownLatch never = new CountDownLatch(1);
        while (never.getCount() > 0) {
            try {
                never.await();
            } catch (InterruptedException e) {
                // It stays
            }
        }
    }
}
