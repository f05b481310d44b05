/** The bundles of the built distribution on the real framework, seen from inside. */
package org.froggr.itests.container;
