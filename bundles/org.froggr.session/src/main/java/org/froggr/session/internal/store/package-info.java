/**
 * What is kept on disk: the platform's home, one directory a session, and the files in it. Nothing
 * here knows what a session does; all access is by {@code openat(2)} from the home's descriptors.
 */
package org.froggr.session.internal.store;
