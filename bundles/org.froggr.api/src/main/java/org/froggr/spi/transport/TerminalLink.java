package org.froggr.spi.transport;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.BiConsumer;
import org.osgi.annotation.versioning.ConsumerType;

/** The client's terminal, in raw mode, seen from the platform. */
@ConsumerType
public interface TerminalLink extends AutoCloseable {
    /** What is typed; ends when the client goes away. */
    InputStream input();

    /** What is shown. */
    OutputStream output();

    /** The client's TERM. */
    String type();

    int columns();

    int rows();

    /** Calls {@code listener} with columns and rows whenever the window changes. */
    void onResize(BiConsumer<Integer, Integer> listener);

    /** Gives the terminal back in the state it was in. */
    @Override
    void close();
}
