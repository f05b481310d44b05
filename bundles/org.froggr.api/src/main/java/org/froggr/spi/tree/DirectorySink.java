package org.froggr.spi.tree;

import org.osgi.annotation.versioning.ProviderType;

/** Takes the entries of a directory. */
@ProviderType
public interface DirectorySink {
    /**
     * @param name valid during the call
     * @param inode as {@link Attributes#inode} would say
     * @param type S_IFMT bits of the mode, 0 if not known
     * @param next offset from which the listing goes on behind this entry; not 0, and less than 2^63
     * @return false if there was no room: this entry was not taken, and no further one will be
     */
    boolean add(FileName name, long inode, int type, long next);
}
