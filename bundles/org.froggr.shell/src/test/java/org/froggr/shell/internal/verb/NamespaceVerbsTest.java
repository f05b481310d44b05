package org.froggr.shell.internal.verb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.froggr.api.BytePath;
import org.froggr.api.session.BindOrder;
import org.froggr.api.session.EntryKind;
import org.froggr.api.session.NamespaceRequest;
import org.froggr.api.session.SessionState;
import org.froggr.api.session.ReorderRequest;
import org.froggr.api.session.UnmountMode;
import org.froggr.api.session.UnmountRequest;
import org.froggr.shell.internal.testing.FakeManager;
import org.froggr.shell.internal.testing.Fakes;
import org.froggr.shell.internal.testing.Frg;
import org.froggr.shell.internal.testing.RecordingExchange;
import org.junit.jupiter.api.Test;

class NamespaceVerbsTest {
    private final Frg frg = new Frg();

    private NamespaceRequest attach(String... arguments) {
        RecordingExchange exchange = frg.run(arguments);
        assertEquals(0, exchange.status(), exchange.err());
        assertEquals(FakeManager.DEV + "\n", exchange.out());
        return frg.manager.attached.get(frg.manager.attached.size() - 1);
    }

    @Test
    void aPlainMount() {
        NamespaceRequest request = attach("mount", "/src", "x y\udcff");
        assertEquals(EntryKind.MOUNT, request.kind());
        assertEquals("/src", request.source());
        assertEquals(BytePath.of("x y\udcff"), request.target());
        assertEquals(BindOrder.REPLACE, request.order());
        assertEquals(RecordingExchange.CALLER, request.caller());
        assertEquals(List.of(), request.options());
        assertEquals(Optional.empty(), request.session());
        assertEquals(Optional.empty(), request.type());
        assertTrue(!request.create() && !request.recursive() && !request.force());
        assertTrue(!request.readWrite() && !request.inPrivate());
    }

    @Test
    void everyOptionOfMount() {
        NamespaceRequest request = attach(
                "mount", "-cR", "-o", "ro,noexec", "-onosuid", "-t", "kernel", "-s", "dev", "--private", "--rw",
                "--force", "scheme:rest", "/t", "localhost");
        assertEquals("scheme:rest", request.source());
        assertEquals(List.of("ro", "noexec", "nosuid"), request.options());
        assertEquals(Optional.of("kernel"), request.type());
        assertEquals(Optional.of("dev"), request.session());
        assertTrue(request.create() && request.recursive() && request.force());
        assertTrue(request.readWrite() && request.inPrivate());
    }

    @Test
    void emptyPathsGoToTheManagerWhichRefusesThem() {
        assertEquals("", attach("mount", "", "/t").source());
        assertEquals(BytePath.of(""), attach("bind", "/s", "").target());
    }

    @Test
    void onlyThisMachineIsANode() {
        RecordingExchange exchange = frg.run("mount", "/s", "/t", "far away");
        assertEquals(69, exchange.status());
        assertEquals(
                "frg: mount: UNSUPPORTED: no installed bundle mounts from node 'far away'; "
                        + "try: leave it out, or say localhost\n",
                exchange.err());
        assertEquals(List.of(), frg.manager.attached);
    }

    @Test
    void theOrderOfABind() {
        assertEquals(BindOrder.UNSPECIFIED, attach("bind", "a", "b").order());
        assertEquals(BindOrder.BEFORE, attach("bind", "-bc", "a", "b").order());
        assertEquals(BindOrder.AFTER, attach("bind", "--after", "a", "b").order());
        NamespaceRequest request = attach("bind", "-rc", "a", "b");
        assertEquals(BindOrder.REPLACE, request.order());
        assertTrue(request.create());
        assertEquals(EntryKind.BIND, request.kind());
        assertEquals(64, frg.run("bind", "-ba", "a", "b").status());
    }

    @Test
    void theSessionOfTheCallerIsTheDefault() {
        RecordingExchange exchange = new RecordingExchange("bind", "-r", "a", "b").variable("FROGGR_SESSION", "mine");
        frg.run(exchange);
        assertEquals(Optional.of("mine"), frg.manager.attached.get(0).session());
        frg.run(new RecordingExchange("bind", "-r", "-s", "other", "a", "b").variable("FROGGR_SESSION", "mine"));
        assertEquals(Optional.of("other"), frg.manager.attached.get(1).session());
    }

    @Test
    void whatElseThereIsToSayGoesToStandardError() {
        frg.manager.answer = new Fakes.Changed(
                Fakes.info(FakeManager.DEV, "dev", "/mnt/x"),
                false,
                List.of(Fakes.entry(EntryKind.BIND, "/b", "/t"), Fakes.entry(EntryKind.BIND, "/a", "/t")),
                List.of("mounted read-only because /b is"));
        RecordingExchange exchange = frg.run("bind", "-r", "/b", "/t");
        assertEquals(FakeManager.DEV + "\n", exchange.out());
        assertEquals(
                """
                already bound: bind /b at /t (replace,ro)
                mounted read-only because /b is
                what is there now, the visible one first:
                  bind /b at /t (replace,ro)
                  bind /a at /t (replace,ro)
                """,
                exchange.err());
        assertEquals("", frg.run("bind", "-q", "-r", "/b", "/t").err());
        String json = frg.run("bind", "--json", "-r", "/b", "/t").out();
        assertTrue(json.startsWith("{\"id\":\"" + FakeManager.DEV + "\",\"changed\":false,"), json);
    }

    @Test
    void unmountTakesSourceAndTarget() {
        RecordingExchange exchange = frg.run("umount", "/t");
        assertEquals(0, exchange.status());
        assertEquals("", exchange.out() + exchange.err());
        UnmountRequest all = frg.manager.unmounted.get(0);
        assertEquals(Optional.empty(), all.source());
        assertEquals(BytePath.of("/t"), all.target());
        assertEquals(UnmountMode.ORDERLY, all.mode());
        frg.run("unmount", "--lazy", "-s", "dev", "/s", "/t");
        UnmountRequest one = frg.manager.unmounted.get(1);
        assertEquals(Optional.of("/s"), one.source());
        assertEquals(UnmountMode.LAZY, one.mode());
        assertEquals(Optional.of("dev"), one.session());
        frg.run("unmount", "/t", "--force");
        assertEquals(UnmountMode.FORCE, frg.manager.unmounted.get(2).mode());
        assertEquals(64, frg.run("unmount", "--lazy", "--force", "/t").status());
        assertEquals(64, frg.run("unmount").status());
        assertEquals(64, frg.run("unmount", "a", "b", "c").status());
    }

    @Test
    void reorderTakesSourcesAndTarget() {
        RecordingExchange exchange = frg.run("reorder", "-s", "dev", "/b", "/t", "/a", "/t");
        assertEquals(0, exchange.status());
        assertEquals("", exchange.out());
        ReorderRequest request = frg.manager.reordered.get(0);
        assertEquals(List.of("/b", "/t", "/a"), request.sources());
        assertEquals(BytePath.of("/t"), request.target());
        assertEquals(Optional.of("dev"), request.session());
        assertEquals(64, frg.run("reorder", "/t").status());
        assertEquals(64, frg.run("reorder").status());
    }

    @Test
    void anEndedSessionIsToldWithItsFullId() {
        frg.manager.answer = new Fakes.Changed(
                Fakes.info(FakeManager.DEV, null, "/t", SessionState.TERMINATING), true, List.of(), List.of());
        assertEquals("session " + FakeManager.DEV + " ended with its last entry\n", frg.run("unmount", "/t").err());
    }
}
