package org.froggr.launcher;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.log.LogEntry;
import org.osgi.service.log.LogLevel;
import org.osgi.service.log.LogListener;
import org.osgi.service.log.LogReaderService;
import org.osgi.util.tracker.ServiceTracker;

/** Writes what the OSGi log service gets, and what the launcher itself has to say, to {@code platform.log}. */
final class PlatformLog implements LogListener, AutoCloseable {
    private static final long MAX_BYTES = 1 << 20;

    /** Loggers of the framework's own events (OSGi Compendium 101.7); only their errors are of interest. */
    private static final String EVENTS = "Events.";

    private final LogFile file;
    private final Clock clock;

    PlatformLog(Path directory, Clock clock) {
        this.file = new LogFile(directory.resolve("platform.log"), MAX_BYTES);
        this.clock = clock;
    }

    /** Hears every log service that there is, or that comes. */
    void follow(BundleContext context) {
        new ServiceTracker<LogReaderService, LogReaderService>(context, LogReaderService.class, null) {
            @Override
            public LogReaderService addingService(ServiceReference<LogReaderService> reference) {
                LogReaderService reader = super.addingService(reference);
                reader.addLogListener(PlatformLog.this);
                return reader;
            }
        }.open();
    }

    @Override
    public void logged(LogEntry entry) {
        String logger = entry.getLoggerName();
        LogLevel level = entry.getLogLevel();
        if (logger.startsWith(EVENTS) && level.compareTo(LogLevel.WARN) > 0) {
            return;
        }
        Instant time = Instant.ofEpochMilli(entry.getTime());
        write(time, level, logger, entry.getThreadInfo(), entry.getMessage(), entry.getException());
    }

    void info(String message) {
        write(clock.instant(), LogLevel.INFO, "launcher", Thread.currentThread().getName(), message, null);
    }

    void warn(String message) {
        write(clock.instant(), LogLevel.WARN, "launcher", Thread.currentThread().getName(), message, null);
    }

    void error(String message, Throwable cause) {
        write(clock.instant(), LogLevel.ERROR, "launcher", Thread.currentThread().getName(), message, cause);
    }

    private void write(
            Instant time, LogLevel level, String logger, String thread, String message, Throwable cause) {
        StringWriter text = new StringWriter();
        text.append(time.truncatedTo(ChronoUnit.MILLIS).toString()).append(' ');
        text.append(level.toString()).append(' ').append(logger);
        text.append(" [").append(thread).append("] ").append(message).append('\n');
        if (cause != null) {
            cause.printStackTrace(new PrintWriter(text, true));
        }
        file.write(text.toString());
    }

    @Override
    public void close() {
        file.close();
    }
}
