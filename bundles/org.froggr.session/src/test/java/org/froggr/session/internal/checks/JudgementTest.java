package org.froggr.session.internal.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.froggr.api.BytePath;
import org.froggr.linux.MountInfo;
import org.junit.jupiter.api.Test;

/** Mount tables as the kernel writes them, and what is an orphan in them. */
class JudgementTest {
    private static final UUID GONE = UUID.fromString("11111111-2222-4333-8444-555555555555");
    private static final UUID LIVES = UUID.fromString("aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee");
    private static final long PLATFORM = 100;
    private static final long ANCHOR = 200;
    private static final long STRANGER = 300;
    private static final String OPTIONS = "rw,user_id=1000,group_id=1000,default_permissions";

    private final StringBuilder table = new StringBuilder("20 1 8:1 / / rw - ext4 /dev/sda1 rw\n");
    private final Set<UUID> owned = new HashSet<>(Set.of(LIVES));
    private final Map<Long, UUID> anchors = new HashMap<>(Map.of(ANCHOR, LIVES));
    private final Map<Long, FuseConnection> connections = new HashMap<>();

    private JudgementTest mount(int id, int minor, String root, String point, String type, String options) {
        table.append(id + " 20 0:" + minor + " " + root + " " + point + " rw - " + type + " froggr " + options + "\n");
        return this;
    }

    private JudgementTest fuse(int id, int minor, String root, String point) {
        return mount(id, minor, root, point, "fuse.froggr", OPTIONS);
    }

    private JudgementTest connection(long number, long waiting, boolean known, Long... holders) {
        connections.put(number, new FuseConnection(number, waiting, Set.of(holders), known));
        return this;
    }

    private List<String> orphans() {
        List<MountInfo.Entry> mounts = MountInfo.parse(table.toString().getBytes(StandardCharsets.ISO_8859_1));
        Scene scene = new Scene(BytePath.of("/h"), 1000, PLATFORM, mounts, owned, anchors, connections);
        return Judgement.of(scene).stream()
                .map(orphan -> orphan.kind() + " " + orphan.number() + " " + orphan.path())
                .toList();
    }

    private static String fs(UUID session) {
        return "/h/sessions/" + session + "/fs";
    }

    @Test
    void aMachineWithoutFroggrHasNone() {
        mount(30, 50, "/", "/mnt/other", "fuse.sshfs", OPTIONS);
        assertEquals(List.of(), orphans());
    }

    @Test
    void aServedSessionIsNone() {
        fuse(30, 50, "/", fs(LIVES)).fuse(31, 50, "/1", "/mnt/t").connection(50, 3, true, PLATFORM, ANCHOR);
        assertEquals(List.of(), orphans());
    }

    /** What fusermount3 mounted on a target names the session's directory as its source. */
    @Test
    void aMountOnATargetIsItsSessions() {
        table.append("30 20 0:50 / /home/t rw - fuse.froggr /h/sessions/" + GONE + " " + OPTIONS + "\n");
        table.append("31 20 0:51 / /home/u rw - fuse.froggr /h/sessions/" + LIVES + " " + OPTIONS + "\n");
        table.append("32 20 0:52 / /home/v rw - fuse.froggr /other/sessions/" + GONE + " " + OPTIONS + "\n");
        table.append("33 20 0:53 / /home/w rw - fuse.froggr /h/sessions/" + GONE + " rw,user_id=1001,group_id=1000\n");
        connection(50, 1, true, ANCHOR).connection(51, 0, true, PLATFORM, ANCHOR).connection(53, 1, true, STRANGER);
        assertEquals(List.of("CONNECTION 50 /home/t", "MOUNT 30 /home/t"), orphans());
    }

    @Test
    void ofASessionThatIsGoneTheConnectionGoesFirstAndTheMountsFromTheLastOn() {
        fuse(30, 50, "/", fs(GONE)).fuse(31, 50, "/1", "/mnt/t").connection(50, 0, true, STRANGER);
        assertEquals(List.of("CONNECTION 50 " + fs(GONE), "MOUNT 31 /mnt/t", "MOUNT 30 " + fs(GONE)), orphans());
    }

    @Test
    void whereTheKernelTellsNoHoldersAMissingSessionIsEnough() {
        fuse(30, 50, "/", fs(GONE)).connection(50, 1, false);
        assertEquals(List.of("CONNECTION 50 " + fs(GONE), "MOUNT 30 " + fs(GONE)), orphans());
    }

    @Test
    void aConnectionThatEndedLeavesMounts() {
        fuse(30, 50, "/", fs(GONE));
        assertEquals(List.of("MOUNT 30 " + fs(GONE)), orphans());
    }

    @Test
    void whatAUnionCoveredGoesWithItsSubmounts() {
        String original = "/h/sessions/" + GONE + "/original-1";
        mount(40, 1, "/data", original, "ext4", "rw").mount(41, 60, "/", original + "/sub", "tmpfs", "rw");
        assertEquals(List.of("MOUNT 41 " + original + "/sub", "MOUNT 40 " + original), orphans());
    }

    @Test
    void whatAUnionOfALivingSessionCoversIsItsOwn() {
        mount(40, 1, "/data", "/h/sessions/" + LIVES + "/original-1", "ext4", "rw");
        assertEquals(List.of(), orphans());
    }

    @Test
    void onlyHeldByItsAnchorAndWaitedForItIsReportedAndNotTouched() {
        fuse(30, 50, "/", fs(LIVES)).connection(50, 1, true, ANCHOR);
        assertEquals(List.of("UNSERVED 50 " + fs(LIVES)), orphans());
    }

    @Test
    void onlyHeldByItsAnchorAndNotWaitedForItIsBeingTakenOver() {
        fuse(30, 50, "/", fs(LIVES)).connection(50, 0, true, ANCHOR);
        assertEquals(List.of(), orphans());
    }

    @Test
    void heldByNobodyOfFroggrAndWaitedForItHangsForEver() {
        fuse(30, 50, "/", fs(LIVES)).connection(50, 1, true, STRANGER);
        assertEquals(List.of("CONNECTION 50 " + fs(LIVES)), orphans());
    }

    @Test
    void theAnchorOfAnotherSessionDoesNotCount() {
        anchors.put(STRANGER, GONE);
        fuse(30, 50, "/", fs(LIVES)).connection(50, 1, true, STRANGER);
        assertEquals(List.of("CONNECTION 50 " + fs(LIVES)), orphans());
    }

    @Test
    void withUnknownHoldersALivingSessionIsNeverTouched() {
        fuse(30, 50, "/", fs(LIVES)).connection(50, 7, false);
        assertEquals(List.of(), orphans());
    }

    @Test
    void heldByNobodyItIsDead() {
        fuse(30, 50, "/", fs(LIVES)).connection(50, 0, true);
        assertEquals(List.of("DEAD 50 " + fs(LIVES)), orphans());
    }

    @Test
    void anotherUsersMountInOurPlaceIsForeign() {
        mount(30, 50, "/", fs(GONE), "fuse.froggr", "rw,user_id=10000,group_id=1000").connection(50, 1, true);
        assertEquals(List.of("FOREIGN 30 " + fs(GONE)), orphans());
    }

    @Test
    void anotherProgramsMountInOurPlaceIsForeign() {
        mount(30, 50, "/", fs(GONE), "tmpfs", "rw").mount(31, 51, "/", "/h/etc", "tmpfs", "rw");
        assertEquals(List.of("FOREIGN 31 /h/etc", "FOREIGN 30 " + fs(GONE)), orphans());
    }

    @Test
    void theHomeItselfMayBeAMount() {
        mount(30, 50, "/", "/h", "tmpfs", "rw");
        assertEquals(List.of(), orphans());
    }

    @Test
    void mountsOfAnotherHomeAreNotMeant() {
        fuse(30, 50, "/", "/h2/sessions/" + GONE + "/fs").fuse(31, 50, "/1", "/mnt/t").connection(50, 5, true);
        assertEquals(List.of(), orphans());
    }

    @Test
    void whatOnlyLooksLikeASessionIsForeign() {
        fuse(30, 50, "/", "/h/sessions/" + GONE + "/fsx").fuse(31, 51, "/", "/h/sessions/abc/fs");
        assertEquals(List.of("FOREIGN 31 /h/sessions/abc/fs", "FOREIGN 30 /h/sessions/" + GONE + "/fsx"), orphans());
    }

    @Test
    void aBindOfAnotherConnectionIsNotTakenAlong() {
        fuse(30, 50, "/", fs(GONE)).fuse(31, 51, "/1", "/mnt/t");
        assertEquals(List.of("MOUNT 30 " + fs(GONE)), orphans());
    }

    @Test
    void whatIsOnlyReportedCannotBeEnded() {
        Orphan foreign = new Orphan(Orphan.Kind.FOREIGN, null, 30, BytePath.of("/h/etc"), 0);
        assertThrows(IllegalArgumentException.class, () -> OrphanEnd.of(foreign));
    }
}
