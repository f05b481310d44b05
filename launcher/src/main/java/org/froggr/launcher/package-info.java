/**
 * The Java part of the launcher: starts the framework from the feature file and writes its log.
 * Runs on the plain class path, outside the framework, and knows no bundle of Froggr.
 */
package org.froggr.launcher;
