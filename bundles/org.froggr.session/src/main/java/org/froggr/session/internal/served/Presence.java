package org.froggr.session.internal.served;

/**
 * Where a served tree appeared.
 *
 * @param head number of the union in the session's file system
 * @param member number of the tree in the union
 * @param mount the kernel's id of the mount on the target
 */
public record Presence(int head, int member, long mount) {}
