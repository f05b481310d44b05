/**
 * The pipes {@code ctl} and {@code reply} of every session: JSON lines for people and programs. Nothing
 * here knows what a command does, and no slow or dead reader can hold anything up.
 */
package org.froggr.session.internal.pipes;
