package org.froggr.session.internal.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.linux.At;
import org.froggr.linux.Fd;
import org.froggr.linux.OwnedFd;
import org.froggr.linux.ProcStat;

/** What one process has on some mounts. The mounts' file systems are not asked anything. */
final class HolderSearch {
    private static final String MOUNT_ID = "mnt_id:";
    private static final BytePath OWN_FDINFO = BytePath.of("/proc/thread-self/fdinfo");

    private final long pid;
    private final BytePath directory;
    private final MountCopies mounts;

    HolderSearch(long pid, MountCopies mounts) {
        this.pid = pid;
        this.directory = BytePath.of("/proc/" + pid);
        this.mounts = mounts;
    }

    /** One place where a process may hold something. */
    private interface Place {
        Optional<Holder> look() throws ErrnoException;
    }

    /** The first thing found. */
    Optional<Holder> find() {
        try {
            mounts.meet(pid);
        } catch (ErrnoException e) {
            // It ended, or is another user's: then nothing else of it can be seen either.
            return Optional.empty();
        }
        return List.<Place>of(
                        () -> link("cwd", "working directory"),
                        () -> link("root", "root directory"),
                        () -> link("exe", "program"),
                        this::openFile,
                        this::mappedFile)
                .stream()
                .flatMap(place -> lookAt(place).stream())
                .findFirst();
    }

    private static Optional<Holder> lookAt(Place place) {
        try {
            return place.look();
        } catch (ErrnoException e) {
            // As a kernel thread's program, or a descriptor that was closed meanwhile.
            return Optional.empty();
        }
    }

    private Optional<Holder> link(String name, String what) throws ErrnoException {
        BytePath link = directory.resolve(name);
        try (OwnedFd fd = OwnedFd.of(Fd.open(link, Fd.O_PATH, 0))) {
            return mounts.contains(mountId(OWN_FDINFO.resolve(Integer.toString(fd.number()))))
                    ? Optional.of(holder(At.readlink(Fd.AT_FDCWD, link), what))
                    : Optional.empty();
        }
    }

    private Optional<Holder> openFile() throws ErrnoException {
        for (BytePath number : list("fdinfo")) {
            if (mounts.contains(mountId(directory.resolve("fdinfo").resolve(number)))) {
                BytePath path = At.readlink(Fd.AT_FDCWD, directory.resolve("fd").resolve(number));
                return Optional.of(holder(path, "open file"));
            }
        }
        return Optional.empty();
    }

    private List<BytePath> list(String name) throws ErrnoException {
        try (OwnedFd dir = OwnedFd.of(Fd.open(directory.resolve(name), Fd.O_RDONLY | Fd.O_DIRECTORY, 0))) {
            return new ArrayList<>(At.list(dir.number()));
        }
    }

    /** -1 if the descriptor was closed meanwhile. */
    private static long mountId(BytePath fdinfo) {
        return ProcText.find(fdinfo).orElse("").lines()
                .filter(line -> line.startsWith(MOUNT_ID))
                .mapToLong(line -> Long.parseLong(line.substring(MOUNT_ID.length()).strip()))
                .findFirst()
                .orElse(-1);
    }

    private Optional<Holder> mappedFile() throws ErrnoException {
        return ProcText.read(directory.resolve("maps")).lines()
                .flatMap(line -> MappedFile.parse(line).stream())
                .filter(file -> mounts.mayContain(file.device(), file.path()))
                .findFirst()
                .map(file -> holder(file.path(), "mapped file"));
    }

    private Holder holder(BytePath path, String what) {
        return new Holder(pid, command(), path, what);
    }

    private String command() {
        try {
            return ProcStat.of(pid).map(ProcStat::comm).orElse("?");
        } catch (ErrnoException e) {
            return "?";
        }
    }
}
