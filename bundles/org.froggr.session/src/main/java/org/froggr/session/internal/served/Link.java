package org.froggr.session.internal.served;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.api.FroggrException;
import org.froggr.linux.OwnedFd;
import org.froggr.spi.presentation.FileService;
import org.froggr.spi.presentation.ServeRequest;
import org.froggr.spi.presentation.UnionSpace;
import org.froggr.spi.tree.FileTree;

/** A session's connection to the kernel: the mount of its file system, what that shows, and who answers for it. */
final class Link {
    private final String label;
    private final UnionSpace space;

    /** Null until the first union covers a target that the file system itself is mounted on. */
    private volatile ServedMount mount;

    private volatile FileTree shown;
    private volatile FileService service;

    /** @param shown what the mount shows, null if that is a union which is not there yet */
    private Link(String label, ServedMount mount, UnionSpace space, FileTree shown) {
        this.label = label;
        this.mount = mount;
        this.space = space;
        this.shown = shown;
    }

    private record Serving(
            int device,
            FileTree tree,
            String label,
            int recovery,
            boolean isTakenOver,
            Duration operationLimit,
            boolean passthrough)
            implements ServeRequest {}

    /** Mounts the file system and begins to answer; one for a target alone waits for {@link #cover}. */
    static Link make(String label, Surroundings around) throws ErrnoException, FroggrException, InterruptedException {
        UnionSpace space = space(around);
        if (around.isDirect()) {
            return new Link(label, null, space, null);
        }
        try {
            BytePath directory = around.makeDirectory(ServedTrees.FILE_SYSTEM);
            FuseMount mount = FuseMount.make(around, directory);
            try {
                Link link = new Link(label, mount, space, space.files());
                link.serve(around, false);
                return link;
            } catch (ErrnoException | FroggrException | InterruptedException | RuntimeException e) {
                mount.close();
                throw e;
            }
        } catch (ErrnoException | FroggrException | InterruptedException | RuntimeException e) {
            space.close();
            around.removeDirectory(ServedTrees.FILE_SYSTEM);
            throw e;
        }
    }

    /**
     * Goes on with the file system of an earlier platform; {@link #resume} begins to answer.
     *
     * @throws ErrnoException ENOENT if it is not mounted, EBADF if the session's process does not hold its device
     */
    static Link adopt(String label, Surroundings around, Mounted mounted)
            throws ErrnoException, FroggrException, InterruptedException {
        UnionSpace space = space(around);
        try {
            if (around.isDirect()) {
                around.adoptStore();
                return new Link(label, TargetMount.adopt(around, mounted), space, null);
            }
            BytePath directory = around.directory().resolve(ServedTrees.FILE_SYSTEM);
            return new Link(label, FuseMount.adopt(around, directory, mounted.deviceAt(directory)), space, space.files());
        } catch (ErrnoException | FroggrException | InterruptedException | RuntimeException e) {
            space.close();
            throw e;
        }
    }

    private static UnionSpace space(Surroundings around) throws ErrnoException, FroggrException {
        try (OwnedFd recovery = around.recovery()) {
            return around.unions().create(recovery.number(), around::say);
        }
    }

    /** Whether its mount shows one union, on that one's target. */
    boolean isDirect() {
        return shown != space.files();
    }

    /** What the mount of a {@linkplain #isDirect direct} one shows. */
    void show(FileTree union) {
        shown = union;
    }

    /** Mounts it on a target, for what is {@linkplain #show shown}, and begins to answer; returns the kernel's id. */
    long cover(Surroundings around, BytePath target) throws ErrnoException, FroggrException, InterruptedException {
        TargetMount made = TargetMount.make(around, target);
        mount = made;
        serve(around, false);
        around.hold(made.device());
        return made.id();
    }

    /** Answers what was asked since the earlier platform ended, and goes on; all is there that it presented. */
    void resume(Surroundings around) throws ErrnoException, FroggrException, InterruptedException {
        serve(around, true);
    }

    private void serve(Surroundings around, boolean takenOver)
            throws ErrnoException, FroggrException, InterruptedException {
        if (shown == null) {
            throw new ErrnoException(Errno.ENOENT, "union");
        }
        try (OwnedFd recovery = around.recovery()) {
            service = around.server()
                    .serve(new Serving(
                            mount.device(), shown, label, recovery.number(), takenOver,
                            around.operationLimit(), true));
        }
    }

    /** Whether that is the device number of its file system. */
    boolean isOn(long number) {
        ServedMount now = mount;
        return now != null && now.number() == number;
    }

    /** Of one that is not {@linkplain #isDirect direct}. */
    FuseMount mount() {
        return (FuseMount) mount;
    }

    UnionSpace space() {
        return space;
    }

    Optional<FileService.Usage> usage() {
        return Optional.ofNullable(service).map(FileService::usage);
    }

    /** Of a take-over: what could not be restored. */
    List<String> losses() {
        return service == null ? List.of() : service.losses();
    }

    boolean isServing() {
        return service != null && service.isServing();
    }

    /** A descriptor for a new process of the session to hold the device with; owned by the mount. */
    int device() {
        return mount.device();
    }

    /** Stops answering and leaves what is asked to whoever {@linkplain #resume resumes}. */
    void pause() {
        if (service != null) {
            service.handOver();
        }
    }

    /** Stops answering and leaves everything as it is, for a successor. */
    void letGo() {
        pause();
        // Not one union after the other, which would end what is kept of each
        space.close();
        if (mount != null) {
            mount.letGo();
        }
    }

    /** First the mount and then the service, so that nobody meets a file system without an answer. */
    void close(Surroundings around) {
        try {
            if (mount != null) {
                mount.close();
            }
        } catch (ErrnoException e) {
            around.say("the session's file system could not be unmounted: " + e.getMessage());
        }
        if (service != null) {
            service.close();
        }
        space.close();
        around.removeDirectory(ServedTrees.FILE_SYSTEM);
    }
}
