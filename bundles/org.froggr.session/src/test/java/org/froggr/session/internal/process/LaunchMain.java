package org.froggr.session.internal.process;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.UUID;
import org.froggr.api.FroggrException;
import org.froggr.api.session.SessionMode;

/**
 * A platform of its own: starts one anchor in the home that is its first argument, prints its id, pid and
 * start time, or the fault, and waits for the end of its input. The second argument is the mode, the third
 * tells whether it may do without a user namespace.
 */
final class LaunchMain {
    private LaunchMain() {}

    public static void main(String[] args) throws IOException {
        UUID id = UUID.randomUUID();
        TestHome home = new TestHome(Path.of(args[0]));
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true);
        try {
            AnchorLauncher launcher = home.launcher(Boolean.parseBoolean(args[2]));
            Anchor anchor = launcher.launch(id, home.session(id), SessionMode.valueOf(args[1]));
            out.println(id + " " + anchor.pid() + " " + anchor.processStart());
            while (System.in.read() >= 0) {
                out.flush();
            }
        } catch (FroggrException e) {
            out.println(e.fault() + " " + e.getMessage() + "; try: " + e.hint().orElse(""));
        }
    }
}
