/**
 * Connects transports with commands: starts them, tells clients that the platform is ready, shows that
 * it lives, and ends it when nobody needs it.
 */
package org.froggr.shell.internal.server;
