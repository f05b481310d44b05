package org.froggr.itests.posix;

/** What a case needs. Except for the first three, {@link Features} finds out whether it is there. */
enum Need {
    ROOT("uid 0, with its capabilities"),
    SPACE("a small file system, --small"),
    PROC("/proc"),
    XATTR("attributes user.*"),
    ACL("POSIX access control lists"),
    DEVICES("device nodes can be made"),
    HOLES("SEEK_HOLE finds holes"),
    TMPFILE("O_TMPFILE"),
    EXCHANGE("RENAME_EXCHANGE"),
    WHITEOUT("RENAME_WHITEOUT"),
    ALLOCATE("fallocate(2)"),
    PUNCH("FALLOC_FL_PUNCH_HOLE"),
    ZERO_RANGE("FALLOC_FL_ZERO_RANGE"),
    COLLAPSE("FALLOC_FL_COLLAPSE_RANGE"),
    INSERT("FALLOC_FL_INSERT_RANGE"),
    DIRECT("O_DIRECT"),
    DIRECTORY_LINKS("a directory's link count counts its subdirectories"),
    ENTRY_TYPES("d_type of directory entries"),
    BIRTH("time of birth"),
    ATIME("access times (relatime or strictatime)"),
    MAPPED_TIMES("writes through a shared mapping mark mtime"),
    MAPPED_TAIL("what a mapping holds behind the end is zeroed when the file grows"),
    HANDLES("file handles, name_to_handle_at(2)"),
    TERABYTE("files of 1 TiB");

    private final String what;

    Need(String what) {
        this.what = what;
    }

    @Override
    public String toString() {
        return what;
    }
}
