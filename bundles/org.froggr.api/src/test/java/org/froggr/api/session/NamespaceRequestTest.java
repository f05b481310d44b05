package org.froggr.api.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.froggr.api.BytePath;
import org.junit.jupiter.api.Test;

class NamespaceRequestTest {
    private static final BytePath TARGET = BytePath.of("/mnt/x");

    @Test
    void aMountReplaces() {
        NamespaceRequest mount = NamespaceRequest.mount("nfs:host:/export", TARGET);
        assertEquals(EntryKind.MOUNT, mount.kind());
        assertEquals("nfs:host:/export", mount.source());
        assertEquals(BindOrder.REPLACE, mount.order());
    }

    @Test
    void aBindLeavesTheOrderOpen() {
        BytePath source = BytePath.of(new byte[] {'/', (byte) 0xff});
        NamespaceRequest bind = NamespaceRequest.bind(source, TARGET);
        assertEquals(EntryKind.BIND, bind.kind());
        assertEquals(BindOrder.UNSPECIFIED, bind.order());
        assertEquals(source, BytePath.of(bind.source()));
        assertEquals(TARGET, bind.target());
    }

    @Test
    void nothingIsAskedThatWasNotSet() {
        NamespaceRequest plain = NamespaceRequest.mount("/a", TARGET);
        assertFalse(plain.create() || plain.recursive() || plain.force() || plain.readWrite() || plain.inPrivate());
        assertEquals(List.of(), plain.options());
        assertEquals(Optional.empty(), plain.type());
        assertEquals(Optional.empty(), plain.session());
        assertEquals(0, plain.caller().pid());
    }

    @Test
    void everySettingIsKept() {
        Caller caller = Caller.process(7, BytePath.of("/home"), 4026531840L, false);
        NamespaceRequest all = NamespaceRequest.mount("/a", TARGET)
                .from(caller).order(BindOrder.AFTER).create(true).recursive(true).force(true).readWrite(true)
                .inPrivate(true).options(List.of("ro")).type("kernel").session("dev");
        assertTrue(all.create() && all.recursive() && all.force() && all.readWrite() && all.inPrivate());
        assertEquals(caller, all.caller());
        assertEquals(BindOrder.AFTER, all.order());
        assertEquals(List.of("ro"), all.options());
        assertEquals(Optional.of("kernel"), all.type());
        assertEquals(Optional.of("dev"), all.session());
    }

    @Test
    void settingMakesACopy() {
        NamespaceRequest plain = NamespaceRequest.mount("/a", TARGET);
        plain.create(true);
        assertFalse(plain.create());
    }

    @Test
    void optionsGivenAndTakenAreCopies() {
        List<String> given = new ArrayList<>(List.of("ro"));
        NamespaceRequest request = NamespaceRequest.mount("/a", TARGET).options(given);
        given.add("noexec");
        request.options().add("nodev");
        assertEquals(List.of("ro"), request.options());
    }

    @Test
    void sourceAndTargetAreNeeded() {
        assertThrows(NullPointerException.class, () -> NamespaceRequest.mount(null, TARGET));
        assertThrows(NullPointerException.class, () -> NamespaceRequest.mount("/a", null));
    }
}
