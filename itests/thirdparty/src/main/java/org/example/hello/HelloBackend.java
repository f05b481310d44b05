package org.example.hello;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.spi.backend.AttachRequest;
import org.froggr.spi.backend.Attachment;
import org.froggr.spi.backend.MountBackend;
import org.osgi.service.component.annotations.Component;

/**
 * {@code frg mount hello:WHOM TARGET}. Some names misbehave, as backends do: {@code denied} is refused,
 * {@code broken} is a defect, {@code nothing} gives no tree and {@code silent} never answers.
 */
@Component(property = {MountBackend.SCHEME + "=hello", MountBackend.TYPE + "=hello"})
public final class HelloBackend implements MountBackend {
    @Override
    public Attachment attach(AttachRequest request) throws ErrnoException, InterruptedException {
        switch (request.source()) {
            case "denied" -> throw new ErrnoException(Errno.EACCES, "greet");
            case "broken" -> throw new IllegalStateException("a defect of the backend");
            case "silent" -> new CountDownLatch(1).await();
            case "nothing" -> {
                return null;
            }
            default -> {
                return greet(request.source());
            }
        }
        throw new AssertionError("a latch that nobody counts down");
    }

    private static Attachment greet(String whom) throws ErrnoException {
        try {
            return HelloTree.greeting(whom);
        } catch (IOException e) {
            throw new ErrnoException(Errno.EIO, "mkdir");
        }
    }

    @Override
    public Attachment adopt(AttachRequest request, BytePath directory) {
        return HelloTree.at(directory);
    }
}
