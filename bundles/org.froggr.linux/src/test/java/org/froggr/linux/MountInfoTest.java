package org.froggr.linux;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.junit.jupiter.api.Test;

class MountInfoTest {
    private static MountInfo.Entry one(String line) {
        List<MountInfo.Entry> entries = MountInfo.parse((line + "\n").getBytes(UTF_8));
        assertEquals(1, entries.size());
        return entries.get(0);
    }

    /** The example of proc(5). */
    @Test
    void theExampleOfTheManualPage() {
        MountInfo.Entry e = one("36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue");
        assertEquals(36, e.id());
        assertEquals(35, e.parent());
        assertEquals(98, e.major());
        assertEquals(0, e.minor());
        assertEquals(BytePath.of("/mnt1"), e.root());
        assertEquals(BytePath.of("/mnt2"), e.mountPoint());
        assertEquals(List.of("rw", "noatime"), e.options());
        assertEquals(OptionalInt.empty(), e.shared());
        assertEquals(OptionalInt.of(1), e.master());
        assertEquals("ext3", e.type());
        assertEquals(BytePath.of("/dev/root"), e.source());
        assertEquals("rw,errors=continue", e.superOptions());
        assertFalse(e.readOnly());
    }

    @Test
    void optionalFieldsOfAnyNumber() {
        MountInfo.Entry e = one("1 0 0:5 / / ro shared:7 master:8 propagate_from:2 unbindable later:9 - t s ro");
        assertEquals(OptionalInt.of(7), e.shared());
        assertEquals(OptionalInt.of(8), e.master());
        assertTrue(e.readOnly());
    }

    @Test
    void escapesAndEmptyFields() {
        MountInfo.Entry e = one("1 0 0:5 / /a\\040b\\011c\\012d\\134e\\043f rw - fuse.x  rw,x=\\134040");
        assertEquals(BytePath.of("/a b\tc\nd\\e#f"), e.mountPoint());
        assertTrue(e.source().isEmpty());
        assertEquals("rw,x=\\040", e.superOptions());
    }

    @Test
    void aDeletedRootIsTold() {
        MountInfo.Entry e = one("1 0 0:5 /gone//deleted /mnt rw - tmpfs tmpfs rw");
        assertTrue(e.rootDeleted());
        assertFalse(e.mountPointDeleted());
        assertEquals(BytePath.of("/gone"), e.root());
        MountInfo.Entry on = one("1 0 0:5 / /mnt//deleted rw - tmpfs tmpfs rw");
        assertTrue(on.mountPointDeleted());
        assertEquals(BytePath.of("/mnt"), on.mountPoint());
    }

    @Test
    void whatIsNoTableIsRefused() {
        List<String> lines =
                List.of("x", "1 2 3 / / rw - t s o", "1 2 0:3 / / rw no separator", "", "1 2 0:x / / rw - t s");
        for (String line : lines) {
            byte[] table = (line + "\n").getBytes(UTF_8);
            assertThrows(IllegalArgumentException.class, () -> MountInfo.parse(table), line);
        }
        assertEquals(List.of(), MountInfo.parse(new byte[0]));
    }

    @Test
    void strangeNamesOfRealMounts() throws ErrnoException {
        byte[] strange = "a b\tc\nd\\e#f,g:h=i\\040j".getBytes(UTF_8);
        byte[] name = Arrays.copyOf(strange, strange.length + 2);
        name[strange.length] = (byte) 0xff;
        name[strange.length + 1] = (byte) 0xc3;
        PrivateMounts.run(scratch -> {
            BytePath source = scratch.path().resolve(BytePath.of(name));
            At.mkdir(Fd.AT_FDCWD, source, 0700);
            Mounts.mount(BytePath.of(name), source, "tmpfs", 0, null);
            BytePath inner = source.resolve(BytePath.of(name));
            At.mkdir(Fd.AT_FDCWD, inner, 0700);
            BytePath target = scratch.directory("target");
            Mounts.mount(inner, target, null, Mounts.MS_BIND, null);
            assertEquals(BytePath.of(name), PrivateMounts.at(source).source());
            assertEquals(BytePath.ROOT.resolve(BytePath.of(name)), PrivateMounts.at(target).root());
            At.rmdir(Fd.AT_FDCWD, inner);
            assertTrue(PrivateMounts.at(target).rootDeleted());
            assertEquals(BytePath.ROOT.resolve(BytePath.of(name)), PrivateMounts.at(target).root());
            Mounts.umount(target, 0);
            Mounts.umount(source, 0);
        });
    }

    @Test
    void aTableLargerThanOneReadIsWhole() throws ErrnoException {
        PrivateMounts.run(scratch -> {
            BytePath base = PrivateMounts.tmpfs(scratch, "base");
            for (int i = 0; i < 500; i++) {
                BytePath point = scratch.directory("base/" + i + "x".repeat(200));
                Mounts.mount(base, point, null, Mounts.MS_BIND, null);
            }
            long count = MountInfo.read(MountInfo.THREAD_SELF).stream()
                    .filter(e -> e.mountPoint().parent().equals(base))
                    .count();
            assertEquals(500, count);
            Mounts.umount(base, Mounts.MNT_DETACH);
        });
    }
}
