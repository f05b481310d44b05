package org.froggr.namespace.internal;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.spi.tree.AttributeChanges;
import org.froggr.spi.tree.Attributes;
import org.froggr.spi.tree.FileName;
import org.froggr.spi.tree.FileNode;
import org.froggr.spi.tree.OwnRequest;

/**
 * What makes one empty directory like another: mode, owner, ACLs (acl(5)) and, where it is the same directory
 * made again, times.
 */
final class DirectoryShape {
    private static final FileName[] ACLS = {
        FileName.of("system.posix_acl_access"), FileName.of("system.posix_acl_default")
    };

    private static final byte[] NOTHING = {};

    private final Attributes attributes = new Attributes();
    private final byte[][] acls = new byte[ACLS.length][];

    private DirectoryShape() {}

    /** That of a directory. */
    static DirectoryShape of(FileNode directory) throws ErrnoException {
        DirectoryShape shape = new DirectoryShape();
        shape.attributes.clear();
        directory.attributes(shape.attributes);
        for (int i = 0; i < ACLS.length; i++) {
            shape.acls[i] = ExtendedValue.read(directory, ACLS[i]);
        }
        return shape;
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(attributes.mode);
        out.writeInt(attributes.uid);
        out.writeInt(attributes.gid);
        out.writeLong(attributes.accessSeconds);
        out.writeInt(attributes.accessNanos);
        out.writeLong(attributes.modifySeconds);
        out.writeInt(attributes.modifyNanos);
        for (byte[] acl : acls) {
            out.writeInt(acl == null ? -1 : acl.length);
            out.write(acl == null ? NOTHING : acl);
        }
    }

    /** What {@link #write} has written. */
    static DirectoryShape read(DataInputStream in) throws IOException {
        DirectoryShape shape = new DirectoryShape();
        shape.attributes.mode = in.readInt();
        shape.attributes.uid = in.readInt();
        shape.attributes.gid = in.readInt();
        shape.attributes.accessSeconds = in.readLong();
        shape.attributes.accessNanos = in.readInt();
        shape.attributes.modifySeconds = in.readLong();
        shape.attributes.modifyNanos = in.readInt();
        for (int i = 0; i < ACLS.length; i++) {
            int length = in.readInt();
            if (length >= 0) {
                shape.acls[i] = new byte[length];
                in.readFully(shape.acls[i]);
            }
        }
        return shape;
    }

    /** Makes a directory like it. */
    FileNode make(FileNode in, FileName name, boolean withTimes) throws ErrnoException {
        Attributes out = new Attributes();
        out.clear();
        FileNode made = in.makeDirectory(name, attributes.mode & 07777, OwnRequest.SELF, out);
        try {
            apply(made, out, withTimes);
            return made;
        } catch (ErrnoException | RuntimeException e) {
            made.forget(1);
            in.removeDirectory(name, OwnRequest.SELF);
            throw e;
        }
    }

    /**
     * Gives a directory this shape.
     *
     * @param now what it has, changed
     */
    void apply(FileNode made, Attributes now, boolean withTimes) throws ErrnoException {
        if (now.uid != attributes.uid || now.gid != attributes.gid) {
            changeOwner(made);
        }
        for (int i = 0; i < ACLS.length; i++) {
            if (acls[i] != null) {
                made.setExtendedAttribute(ACLS[i], ExtendedValue.of(acls[i]), 0, false, OwnRequest.SELF);
            }
        }
        AttributeChanges changes = new AttributeChanges();
        changes.what = AttributeChanges.MODE;
        changes.mode = attributes.mode & 07777;
        if (withTimes) {
            changes.what |= AttributeChanges.ACCESS_TIME | AttributeChanges.MODIFY_TIME;
            changes.accessSeconds = attributes.accessSeconds;
            changes.accessNanos = attributes.accessNanos;
            changes.modifySeconds = attributes.modifySeconds;
            changes.modifyNanos = attributes.modifyNanos;
        }
        made.change(changes, OwnRequest.SELF, now);
    }

    /** As far as the platform may: without privilege everything it makes is its own. */
    private void changeOwner(FileNode made) throws ErrnoException {
        AttributeChanges changes = new AttributeChanges();
        changes.what = AttributeChanges.UID | AttributeChanges.GID;
        changes.uid = attributes.uid;
        changes.gid = attributes.gid;
        try {
            made.change(changes, OwnRequest.SELF, new Attributes());
        } catch (ErrnoException e) {
            if (!e.is(Errno.EPERM)) {
                throw e;
            }
        }
    }
}
