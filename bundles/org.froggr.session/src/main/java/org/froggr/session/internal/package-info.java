/**
 * The session manager: carries out the verbs, watches the sessions, and applies recovery policies.
 * What is on disk is in {@code store}, what are processes in {@code process}, what are a session's
 * pipes in {@code pipes}; those three know nothing of this package.
 */
package org.froggr.session.internal;
