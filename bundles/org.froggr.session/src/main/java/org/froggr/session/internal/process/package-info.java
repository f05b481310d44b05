/**
 * The processes behind sessions: each session's own one (the anchor, {@code lib/frg-anchor}), the mount
 * namespace it holds, who uses its mounts, and what it costs. Nothing here knows of session states,
 * policies or entries.
 */
package org.froggr.session.internal.process;
