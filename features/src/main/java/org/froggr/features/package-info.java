/**
 * What the platform is made of: the feature file (OSGi Compendium, chapter 159) as objects. Read by
 * the launcher at each start, so nothing here needs more than the JDK.
 */
package org.froggr.features;
