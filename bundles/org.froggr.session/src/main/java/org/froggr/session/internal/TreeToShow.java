package org.froggr.session.internal;

import org.froggr.session.internal.store.HeadRecord;
import org.froggr.spi.backend.Attachment;

/**
 * A tree that a backend produced and that is to become visible.
 *
 * @param member its number, if the platform is to present it
 * @param own where the platform itself presents it already, null for others
 */
record TreeToShow(Attachment attachment, int member, HeadRecord.Own own) {}
