package org.froggr.transport.unix.internal;

import java.time.Duration;

/**
 * What clients may take.
 *
 * @param clients connections at once
 * @param request time to send a whole request in
 */
record Limits(int clients, Duration request) {}
