/**
 * The verbs, one class each: options by picocli's annotations, the work by the session manager, the output
 * by the render package. An instance serves one call.
 */
package org.froggr.shell.internal.verb;
