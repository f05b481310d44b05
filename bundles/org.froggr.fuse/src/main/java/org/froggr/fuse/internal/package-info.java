/**
 * The kernel protocol of FUSE: reads requests from {@code /dev/fuse}, has a tree of files perform them, and
 * writes the replies. Knows nothing of unions, sessions or mount points; all the system calls are those of
 * org.froggr.linux.
 *
 * <p>From the kernel inwards: {@code KernelChannel} carries bytes, {@code Request} is one message and its
 * reply, {@code Dispatcher} finds the operation, the {@code …Operations} translate between the protocol and
 * the tree. {@code Workers}, {@code Worker} and {@code Lookout} are the threads that do that.
 */
package org.froggr.fuse.internal;
