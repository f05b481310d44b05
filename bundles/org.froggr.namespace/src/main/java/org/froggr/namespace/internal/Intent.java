package org.froggr.namespace.internal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.froggr.spi.tree.FileName;

/**
 * A change of several steps, as it is noted before the first one: what a successor needs to finish it or to undo it.
 *
 * @param head number of the union
 * @param from names of the directories that lead to {@code name}
 * @param to those that lead to {@code newName}
 * @param newName null if there is none
 * @param hidden what files are called that are about to go, or null
 */
record Intent(
        Kind kind,
        long head,
        List<byte[]> from,
        FileName name,
        List<byte[]> to,
        FileName newName,
        FileName hidden,
        List<Piece> pieces) {
    /** What is to be done; the numbers are those of the file. */
    enum Kind {
        /** {@link MergedRename}. */
        RENAME,
        /** {@link MergedRemoval}. */
        REMOVE,
        /** {@link CoveringRename}. */
        COVER,
        /** {@link Parents}: one directory. */
        MAKE
    }

    /** What a file has to do with it. */
    enum Role {
        /** Gets the new name. */
        SOURCE,
        /** A directory that goes. */
        TARGET,
        /** A file of an earlier member that goes, in their order. */
        EARLIER,
        /** The file that has the new name in the member of the source. */
        REPLACED,
        /** The directory that is made. */
        MADE
    }

    /**
     * A file that is changed.
     *
     * @param member id of
     * @param shape of a directory that may have to be made again, or null
     */
    record Piece(Role role, long member, Identity file, DirectoryShape shape) {
        static Piece of(Role role, Search.Match match) {
            return new Piece(role, match.member().bound.id(), match.identity, null);
        }
    }

    /** Tells a file from others, also in the next process. */
    record Identity(long device, long inode, long generation) {
        static final Identity NONE = new Identity(0, 0, 0);
    }

    /** Those of a role, in order. */
    List<Piece> pieces(Role role) {
        return pieces.stream().filter(piece -> piece.role == role).toList();
    }

    /** The one of a member, or null. */
    Piece piece(Role role, long member) {
        for (Piece piece : pieces) {
            if (piece.role == role && piece.member == member) {
                return piece;
            }
        }
        return null;
    }

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(kind.ordinal());
            out.writeLong(head);
            write(out, from);
            write(out, name);
            write(out, to);
            write(out, newName);
            write(out, hidden);
            out.writeInt(pieces.size());
            for (Piece piece : pieces) {
                out.writeByte(piece.role.ordinal());
                out.writeLong(piece.member);
                out.writeLong(piece.file.device);
                out.writeLong(piece.file.inode);
                out.writeLong(piece.file.generation);
                out.writeBoolean(piece.shape != null);
                if (piece.shape != null) {
                    piece.shape.write(out);
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    /** @throws IOException if it is none */
    static Intent parse(byte[] bytes) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            Kind kind = Kind.values()[in.readByte()];
            long head = in.readLong();
            List<byte[]> from = readAll(in);
            FileName name = readName(in);
            List<byte[]> to = readAll(in);
            FileName newName = readName(in);
            FileName hidden = readName(in);
            List<Piece> pieces = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                Role role = Role.values()[in.readByte()];
                long member = in.readLong();
                Identity file = new Identity(in.readLong(), in.readLong(), in.readLong());
                pieces.add(new Piece(role, member, file, in.readBoolean() ? DirectoryShape.read(in) : null));
            }
            return new Intent(kind, head, from, name, to, newName, hidden, pieces);
        } catch (IndexOutOfBoundsException e) {
            throw new IOException(e);
        }
    }

    private static void write(DataOutputStream out, List<byte[]> names) throws IOException {
        out.writeInt(names.size());
        for (byte[] each : names) {
            write(out, FileName.of(each));
        }
    }

    private static void write(DataOutputStream out, FileName name) throws IOException {
        out.writeShort(name == null ? 0 : name.length());
        if (name != null) {
            out.write(name.bytes());
        }
    }

    private static List<byte[]> readAll(DataInputStream in) throws IOException {
        List<byte[]> names = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            names.add(readName(in).bytes());
        }
        return names;
    }

    private static FileName readName(DataInputStream in) throws IOException {
        byte[] bytes = new byte[in.readUnsignedShort()];
        in.readFully(bytes);
        return bytes.length == 0 ? null : FileName.of(bytes);
    }
}
