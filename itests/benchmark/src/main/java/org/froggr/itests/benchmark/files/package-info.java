/**
 * Measures Froggr's served trees and unions beside the file system itself and beside other FUSE file systems, all
 * mounted at once and each measured in turn, so that whatever else the machine does meets all of them alike.
 */
package org.froggr.itests.benchmark.files;
