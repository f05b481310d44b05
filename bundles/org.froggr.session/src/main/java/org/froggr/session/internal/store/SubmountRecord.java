package org.froggr.session.internal.store;

import org.froggr.api.BytePath;
import org.froggr.spi.presentation.Submount;

/**
 * A mount that came along below an entry's, as it is kept.
 *
 * @param rootText directory of its file system, as ByteText
 * @param pathText relative to the entry's target, as ByteText
 */
public record SubmountRecord(long mountId, long device, String rootText, String pathText) implements Submount {
    @Override
    public BytePath root() {
        return BytePath.of(rootText);
    }

    @Override
    public BytePath path() {
        return BytePath.of(pathText);
    }
}
