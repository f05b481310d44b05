package org.froggr.transport.unix.internal;

import java.time.Duration;
import org.froggr.spi.transport.Listener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A transport at work in a home of its own. */
abstract class SocketFixture {
    static final int MAX_CLIENTS = 150;
    static final Duration REQUEST_LIMIT = Duration.ofSeconds(2);

    final TestLog log = new TestLog();
    final TestHandler handler = new TestHandler();
    TestHome home;
    Listener listener;

    @BeforeEach
    void listen() throws Exception {
        home = makeHome();
        listener = listener();
    }

    TestHome makeHome() throws Exception {
        return new TestHome();
    }

    Listener listener() throws Exception {
        return new UnixTransport(new Limits(MAX_CLIENTS, REQUEST_LIMIT), log.logger).listen(home, handler);
    }

    @AfterEach
    void close() throws Exception {
        handler.released.countDown();
        listener.close();
        home.close();
    }
}
