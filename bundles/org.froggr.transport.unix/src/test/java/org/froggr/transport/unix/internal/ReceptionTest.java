package org.froggr.transport.unix.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.froggr.api.Fault;
import org.froggr.linux.UnixSocket;
import org.junit.jupiter.api.Test;

class ReceptionTest {
    private final Reception reception =
            new Reception(1000, new TestHandler(), new Complaints(new TestLog().logger, System::nanoTime));

    @Test
    void onlyTheOwnerComesIn() {
        assertTrue(reception.objection(new UnixSocket.Peer(5, 1000, 7)).isEmpty());
        assertEquals(Fault.NO_PRIVILEGE, objection(new UnixSocket.Peer(5, 0, 0)));
        assertEquals(Fault.NO_PRIVILEGE, objection(new UnixSocket.Peer(5, 1001, 7)));
    }

    @Test
    void aCallerWithoutANumberHereIsTold() {
        assertEquals(Fault.FOREIGN_NAMESPACE, objection(new UnixSocket.Peer(0, 1000, 7)));
    }

    private Fault objection(UnixSocket.Peer peer) {
        return reception.objection(peer).orElseThrow().fault();
    }
}
