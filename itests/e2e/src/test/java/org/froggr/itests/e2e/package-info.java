/** What a person sees of Froggr. Each test runs the built {@code bin/frg} and nothing else of Froggr. */
package org.froggr.itests.e2e;
