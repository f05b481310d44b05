/**
 * From a command line to a verb and back to an exit status: the catalogue of verbs, picocli, output,
 * help, and the one funnel for errors. Knows no single verb, no transport and no Gogo.
 */
package org.froggr.shell.internal.command;
