package org.froggr.launcher;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A text file that is set aside when it has grown: {@code NAME} becomes {@code NAME.1}, and that
 * {@code NAME.2}, which is the oldest. Used from any thread. A line that cannot be written (the disk
 * is full, the directory has gone) is dropped, and the file is opened anew for the next.
 */
final class LogFile implements AutoCloseable {
    private static final int GENERATIONS = 2;

    private final Path file;
    private final long maxBytes;
    private OutputStream out;
    private long size;

    LogFile(Path file, long maxBytes) {
        this.file = file;
        this.maxBytes = maxBytes;
    }

    synchronized void write(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try {
            open();
            out.write(bytes);
            size += bytes.length;
            if (size >= maxBytes) {
                rotate();
            }
        } catch (IOException e) {
            close();
        }
    }

    private void open() throws IOException {
        if (out == null) {
            out = Files.newOutputStream(
                    file, StandardOpenOption.CREATE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS);
            size = Files.size(file);
        }
    }

    private void rotate() throws IOException {
        close();
        for (int generation = GENERATIONS; generation > 0; generation--) {
            Path older = generation == 1 ? file : sibling(generation - 1);
            if (Files.exists(older, LinkOption.NOFOLLOW_LINKS)) {
                Files.move(older, sibling(generation), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private Path sibling(int generation) {
        return file.resolveSibling(file.getFileName() + "." + generation);
    }

    @Override
    public synchronized void close() {
        OutputStream closing = out;
        out = null;
        if (closing == null) {
            return;
        }
        try {
            closing.close();
        } catch (IOException e) {
            // Each line went to the kernel when it was written: nothing is lost with the descriptor.
            size = 0;
        }
    }
}
