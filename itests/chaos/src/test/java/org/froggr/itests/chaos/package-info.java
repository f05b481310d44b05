/** A short run of itests/chaos in the build. */
package org.froggr.itests.chaos;
