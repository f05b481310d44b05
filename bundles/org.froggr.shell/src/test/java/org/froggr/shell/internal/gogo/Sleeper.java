package org.froggr.shell.internal.gogo;

import java.util.concurrent.CountDownLatch;
import org.froggr.spi.command.CommandContext;
import org.froggr.spi.command.Verb;
import picocli.CommandLine.Command;

/** Runs until it is interrupted. */
@Command(name = "sleeper")
record Sleeper(CountDownLatch running) implements Verb {
    @Override
    public int run(CommandContext context) throws InterruptedException {
        running.countDown();
        new CountDownLatch(1).await();
        return 0;
    }
}
