package org.froggr.session.internal.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.froggr.api.BytePath;
import org.froggr.api.session.SessionMode;
import org.froggr.linux.Ids;
import org.froggr.linux.Mounts;
import org.froggr.linux.PidFd;
import org.froggr.linux.ProcStat;
import org.froggr.linux.Spawn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WatchTest {
    private static final int MANY = 300;

    private final LinkedBlockingQueue<Object> events = new LinkedBlockingQueue<>();
    private TestHome home;

    @BeforeEach
    void makeHome() throws Exception {
        home = new TestHome();
    }

    @AfterEach
    void removeHome() throws Exception {
        home.close();
    }

    private Object next() throws InterruptedException {
        return events.poll(20, TimeUnit.SECONDS);
    }

    @Test
    void noticesAKilledProcessOnce() throws Exception {
        try (ProcessWatch watch = new ProcessWatch(home.log.logger)) {
            Anchor anchor = home.launch(SessionMode.SHARED);
            watch.watch(anchor, () -> events.add(anchor));
            assertThrows(IllegalStateException.class, () -> watch.watch(anchor, () -> {}));
            anchor.pidFd().signal(PidFd.SIGKILL);
            assertEquals(anchor, next());
            assertTrue(ProcStat.of(anchor.pid()).isEmpty(), "reaped");
            watch.unwatch(anchor);

            watch.watch(anchor, () -> events.add("dead already"));
            assertEquals("dead already", next());
            assertTrue(events.isEmpty());
        }
    }

    @Test
    void forgetsWhatIsNotWatchedAnyMore() throws Exception {
        try (ProcessWatch watch = new ProcessWatch(home.log.logger)) {
            Anchor first = home.launch(SessionMode.SHARED);
            Anchor second = home.launch(SessionMode.SHARED);
            watch.watch(first, () -> events.add(first));
            watch.watch(second, () -> events.add(second));
            watch.unwatch(first);
            first.terminate(Duration.ofSeconds(20));
            second.terminate(Duration.ofSeconds(20));
            assertEquals(second, next());
            assertTrue(events.isEmpty());
        }
    }

    @Test
    void survivesAnActionThatThrows() throws Exception {
        try (ProcessWatch watch = new ProcessWatch(home.log.logger)) {
            for (int i = 0; i < 2; i++) {
                Anchor anchor = home.launch(SessionMode.SHARED);
                watch.watch(anchor, () -> {
                    events.add(anchor);
                    throw new IllegalStateException("on purpose");
                });
                anchor.pidFd().signal(PidFd.SIGKILL);
                assertEquals(anchor, next());
            }
        }
    }

    @Test
    void watchesManyAtOnce() throws Exception {
        List<Anchor> sleepers = new ArrayList<>();
        CountDownLatch deaths = new CountDownLatch(MANY);
        try (ProcessWatch watch = new ProcessWatch(home.log.logger)) {
            for (int i = 0; i < MANY; i++) {
                long pid = Spawn.of(BytePath.of("/bin/sleep")).arguments("sleep", "1000").start();
                Anchor sleeper = Anchor.of(UUID.randomUUID(), pid, ProcStat.startTime(pid), PidFd.open(pid));
                sleepers.add(home.keep(sleeper));
                watch.watch(sleeper, deaths::countDown);
            }
            for (Anchor sleeper : sleepers) {
                sleeper.pidFd().signal(PidFd.SIGKILL);
            }
            assertTrue(deaths.await(20, TimeUnit.SECONDS));
        }
    }

    @Test
    void noticesAMountInAPrivateNamespace() throws Exception {
        assumeTrue(Ids.euid() == 0, "needs root: mounts in a namespace");
        Anchor anchor = home.launch(SessionMode.PRIVATE);
        try (MountWatch watch = new MountWatch(home.log.logger)) {
            watch.watch(1, anchor.mountInfoFile(), () -> events.add("changed"));
            watch.watch(2, MountWatch.OWN, () -> {});
            mount(anchor);
            assertEquals("changed", next());
            anchor.space().call(() -> {
                Mounts.umount(home.path(), Mounts.MNT_DETACH);
                return null;
            });
            assertEquals("changed", next());

            watch.unwatch(1);
            events.clear();
            mount(anchor);
            watch.watch(3, anchor.mountInfoFile(), () -> events.add("again"));
            mount(anchor);
            assertEquals("again", next());
        }
    }

    private void mount(Anchor anchor) throws Exception {
        anchor.space().call(() -> {
            Mounts.mount(home.path(), home.path(), null, Mounts.MS_BIND, null);
            return null;
        });
    }

    @Test
    void holdsNothingAfterwards() throws Exception {
        Anchor anchor = home.launch(SessionMode.PRIVATE);
        long before = OpenDescriptors.count(home.root());
        try (MountWatch mounts = new MountWatch(home.log.logger);
                ProcessWatch processes = new ProcessWatch(home.log.logger)) {
            mounts.watch(1, anchor.mountInfoFile(), () -> {});
            mounts.watch(2, BytePath.of("/proc/self/no-such-file"), () -> {});
            processes.watch(anchor, () -> {});
            assertEquals(1, home.log.warnings.size());
        }
        assertEquals(before, OpenDescriptors.count(home.root()));
    }
}
