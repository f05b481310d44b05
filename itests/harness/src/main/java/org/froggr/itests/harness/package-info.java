/**
 * Runs the distribution's {@code frg} as a person would, in a home, a scratch directory and a mount
 * namespace of its own, and finds whatever is left behind. Knows nothing of Froggr's inside but the
 * names of its files.
 */
package org.froggr.itests.harness;
