package org.froggr.itests.harness;

import java.time.Duration;
import java.util.List;

/**
 * The mount namespace that a test runs in: its own, so that whatever goes wrong, no mount of it
 * outlives the test or meets those of the machine.
 */
final class Place implements AutoCloseable {
    private final Running holder;

    private Place(Running holder) {
        this.holder = holder;
    }

    static Place open(boolean propagating) {
        if (!Account.isRoot()) {
            return new Place(null);
        }
        // The machine's own root may be of either kind.
        String script = "mount --make-r" + (propagating ? "shared" : "private") + " / && echo ready && exec cat";
        Running holder = new Running(
                "holder", new ProcessBuilder("unshare", "--mount", "--propagation", "private", "sh", "-c", script));
        Wait.until("a mount namespace", Duration.ofSeconds(10), () -> holder.outSoFar()
                .contains("ready"));
        return new Place(holder);
    }

    /** What a command is prefixed with to run inside. */
    List<String> prefix() {
        return holder == null
                ? List.of()
                : List.of("nsenter", "--mount", "--target", Long.toString(holder.pid()), "--");
    }

    /** The mount table inside, one character a byte. */
    String mountTable() {
        return Processes.file(holder == null ? ProcessHandle.current().pid() : holder.pid(), "mountinfo");
    }

    /** Ends the process that holds the namespace. */
    @Override
    public void close() {
        if (holder != null) {
            holder.close();
        }
    }
}
