package org.froggr.session.internal.served;

import org.froggr.session.internal.store.HeadRecord;
import org.froggr.spi.backend.Attachment;

/**
 * The tree of a directory that this platform itself presents.
 *
 * @param place where a successor finds it
 */
public record OwnTree(Attachment tree, HeadRecord.Own place) {}
