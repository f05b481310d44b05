package org.froggr.itests.posix;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Another process, to make calls in: locks, mappings and appending between processes. For one thread at a time. */
final class Peer {
    private final Process process;
    private final ObjectOutputStream out;
    private final ObjectInputStream in;
    private final long[] ids;
    private CompletableFuture<Object> pending;

    private Peer(Process process) throws Exception {
        this.process = process;
        InputStream answers = process.getInputStream();
        out = new ObjectOutputStream(new BufferedOutputStream(process.getOutputStream()));
        out.flush();
        in = new ObjectInputStream(answers);
        ids = (long[]) in.readObject();
    }

    /** A new process of this user; of the same one as the program if that is null. On the steward's thread. */
    static Peer start(User user) throws Exception {
        List<String> command = new java.util.ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                PeerMain.class.getName()));
        if (user != null) {
            String groups = user.groups().length == 0 ? "" : "," + join(user.groups());
            command.add(user.uid() + ":" + user.gid() + groups);
        }
        return new Peer(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    private static String join(int... numbers) {
        return java.util.Arrays.stream(numbers)
                .mapToObj(Integer::toString)
                .collect(java.util.stream.Collectors.joining(","));
    }

    int pid() {
        return (int) ids[0];
    }

    /** Makes the calls there and waits. */
    <T> T call(Remote<T> task) throws Exception {
        return start(task).get();
    }

    void run(Remote.Run task) throws Exception {
        begin(task).get();
    }

    /** Begins the calls there, which may block. */
    Pending<Void> begin(Remote.Run task) throws Exception {
        return start(() -> {
            task.run();
            return null;
        });
    }

    <T> Pending<T> start(Remote<T> task) throws Exception {
        if (pending != null && !pending.isDone()) {
            throw new IllegalStateException("the peer is busy");
        }
        out.writeObject(task);
        out.flush();
        pending = Steward.answer(this::read);
        return new Pending<>(pending);
    }

    private Object read() {
        try {
            return in.readObject();
        } catch (IOException | ClassNotFoundException e) {
            throw new CompletionException(e);
        }
    }

    /** Whether its calls have all returned. */
    boolean idle() {
        return pending == null || pending.isDone();
    }

    /** Waits until it sleeps in this system call. */
    void awaitBlocked(long systemCall) throws Exception {
        Wait.until("the peer waits in system call " + systemCall, () -> Worker.in(ids[0], ids[1], systemCall));
    }

    /** Ends the process at once; on the steward's thread. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Calls that have begun. */
    final class Pending<T> {
        private final CompletableFuture<Object> answer;

        private Pending(CompletableFuture<Object> answer) {
            this.answer = answer;
        }

        boolean done() {
            return answer.isDone();
        }

        /** Waits for what they return, or throws what they threw. */
        @SuppressWarnings("unchecked")
        T get() throws Exception {
            Object value = answer.get();
            if (value instanceof PeerMain.Thrown thrown) {
                Worker.rethrow(thrown.failure());
            }
            return (T) value;
        }
    }
}
