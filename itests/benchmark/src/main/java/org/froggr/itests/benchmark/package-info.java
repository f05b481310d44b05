/** Measures what Froggr costs, beside programs that do something comparable, on the machine it runs on. */
package org.froggr.itests.benchmark;
