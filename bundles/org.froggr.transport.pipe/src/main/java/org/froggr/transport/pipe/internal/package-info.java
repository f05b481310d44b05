/**
 * The transport over named pipes. {@code PipeListener} hears the bell and gives each request to a worker;
 * {@code Slots} owns the files; {@code Client} is the process that asks, {@code PipeExchange} what it asked.
 */
package org.froggr.transport.pipe.internal;
