/**
 * Checks of the build: that no bundle imports upwards, and that what the feature names fits together.
 * Not used at run time.
 */
package org.froggr.features.check;
