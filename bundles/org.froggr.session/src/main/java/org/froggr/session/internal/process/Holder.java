package org.froggr.session.internal.process;

import org.froggr.api.BytePath;

/**
 * A process that keeps a mount busy.
 *
 * @param command name of its program, as {@code ps} shows it, ByteText
 * @param path what of the mount it uses, as the kernel names it now
 * @param what how it uses that, such as {@code working directory}
 */
public record Holder(long pid, String command, BytePath path, String what) {}
