package org.froggr.itests.posix;

import static org.froggr.itests.posix.Linux.*;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;

/** The other process: takes lambdas from its input, one at a time, and answers what they return or throw. */
final class PeerMain {
    private PeerMain() {}

    /** First answers its process id and the id of the thread that makes all calls. Ends with its input. */
    public static void main(String[] arguments) throws Exception {
        Steward.begin();
        Preload.everything();
        ObjectOutputStream out =
                new ObjectOutputStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)));
        out.flush();
        Call.check(Sys.unshare(CLONE_FS), "unshare");
        Sys.umask(0);
        if (arguments.length > 0) {
            User.parse(arguments[0]).become();
        }
        out.writeObject(new long[] {ProcessHandle.current().pid(), Sys.syscall(SYS_GETTID)});
        out.flush();
        Opened.begin();
        try (ObjectInputStream in = new ObjectInputStream(new FileInputStream(FileDescriptor.in))) {
            while (true) {
                Object answer = answer((Remote<?>) in.readObject());
                out.writeObject(answer);
                out.reset();
                out.flush();
            }
        } catch (IOException e) {
            // Nobody asks any more.
            Runtime.getRuntime().halt(0);
        }
    }

    private static Object answer(Remote<?> task) {
        try {
            return task.call();
        } catch (Throwable e) {
            return new Thrown(e);
        }
    }

    /** What a task threw. */
    record Thrown(Throwable failure) implements java.io.Serializable {}
}
