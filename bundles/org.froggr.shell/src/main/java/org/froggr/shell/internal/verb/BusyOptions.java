package org.froggr.shell.internal.verb;

import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.froggr.api.session.UnmountMode;
import picocli.CommandLine.Option;

/** What to do with a mount that is in use. */
final class BusyOptions {
    @Option(names = "--lazy", description =
        "If it is in use: take it away now, the kernel drops it after the last user.")
    private boolean lazy;

    @Option(names = "--force", description = "As --lazy, and abort what is in flight where the file system can.")
    private boolean force;

    UnmountMode mode() throws FroggrException {
        if (lazy && force) {
            throw FroggrException.of(Fault.USAGE, "--lazy and --force exclude each other").hint("only one of them");
        }
        if (force) {
            return UnmountMode.FORCE;
        }
        return lazy ? UnmountMode.LAZY : UnmountMode.ORDERLY;
    }

    boolean isSet() {
        return lazy || force;
    }
}
