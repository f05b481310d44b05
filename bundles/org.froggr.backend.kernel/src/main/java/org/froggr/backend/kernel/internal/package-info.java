/**
 * Local trees: the backend that hands them out as they are, and the presenter that binds kernel trees
 * on mount points. All the system calls are those of org.froggr.linux.
 */
package org.froggr.backend.kernel.internal;
