package org.froggr.session.internal.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.froggr.api.BytePath;
import org.froggr.linux.Fd;
import org.froggr.linux.MountInfo;
import org.froggr.linux.Mounts;
import org.froggr.linux.OwnedFd;
import org.froggr.linux.Stat;
import org.froggr.spi.presentation.MountSpace;

/** A mount in a private space is there inside, and only there. */
final class PrivateSpaceCheck {
    private PrivateSpaceCheck() {}

    static void check(Anchor anchor, Path home) throws Exception {
        Path source = Files.createDirectories(source(home));
        Path target = Files.createDirectories(target(home));
        Files.createSymbolicLink(home.resolve("link"), target);
        BytePath inside = BytePath.of(target.toString());
        mount(anchor.space(), home);

        assertFalse(mounted(MountInfo.readBytes(MountInfo.THREAD_SELF), inside));
        assertTrue(mounted(anchor.space().mountInfo(), inside));
        assertTrue(mounted(MountInfo.readBytes(anchor.mountInfoFile()), inside));
        assertEquals(id(source), id(anchor.space(), inside), "the source is seen");
        assertEquals(id(source), id(anchor.space(), BytePath.of(home.resolve("link").toString())), "through a link");
        assertNotEquals(id(source), id(target), "but not from outside");
        assertFalse(MountInfo.parse(anchor.space().mountInfo()).stream().anyMatch(e -> e.shared().isPresent()));
    }

    private static void mount(MountSpace space, Path home) throws Exception {
        if (space.access() == MountSpace.Access.BY_PROCESS) {
            space.run(bind(home));
            return;
        }
        space.call(() -> {
            BytePath from = BytePath.of(source(home).toString());
            Mounts.mount(from, BytePath.of(target(home).toString()), null, Mounts.MS_BIND, null);
            return null;
        });
    }

    static List<BytePath> bind(Path home) {
        return command("mount", "--bind", source(home), target(home));
    }

    static List<BytePath> command(Object... words) {
        return Arrays.stream(words).map(word -> BytePath.of(word.toString())).toList();
    }

    private static Path source(Path home) {
        return home.resolve("a source\n");
    }

    private static Path target(Path home) {
        return home.resolve("a target\\'\"$x");
    }

    private static boolean mounted(byte[] table, BytePath target) {
        return MountInfo.parse(table).stream().anyMatch(e -> e.mountPoint().equals(target));
    }

    private static long id(Path path) throws Exception {
        return Stat.at(Fd.AT_FDCWD, BytePath.of(path.toString()), true).inode();
    }

    private static long id(MountSpace space, BytePath path) throws Exception {
        try (OwnedFd fd = OwnedFd.of(space.open(path))) {
            return Stat.of(fd.number()).inode();
        }
    }
}
