package org.froggr.itests.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A kernel without some of its system calls: they answer ENOSYS, by a filter of seccomp(2), to a process
 * and all that it starts. From number 403 on, calls have the same numbers on all architectures.
 */
public final class MissingCalls {
    // linux/bpf_common.h
    private static final int LOAD_WORD = 0x20;
    private static final int JUMP_EQUAL = 0x15;
    private static final int JUMP_GREATER_OR_EQUAL = 0x35;
    private static final int RETURN = 0x06;

    // linux/seccomp.h; the number of the call is the first word of struct seccomp_data
    private static final int NUMBER = 0;
    private static final int ALLOW = 0x7fff0000;
    private static final int ERRNO = 0x00050000;
    private static final int ENOSYS = 38;

    /** sizeof(struct sock_filter), linux/filter.h. */
    private static final int INSTRUCTION_BYTES = 8;

    private static final int FIRST_COMMON = 403;

    /** prctl(2) has no wrapper in the shell; perl is part of every Debian. */
    private static final Map<String, String> PRCTL = Map.of("amd64", "157", "aarch64", "167");

    private static final String PERL =
            """
            open(my $file, "<:raw", shift) or die "$!"; local $/; my $filter = <$file>;
            my $program = pack("S x![P] P", length($filter) / 8, $filter);
            my $prctl = shift() + 0;
            syscall($prctl, 38, 1, 0, 0, 0) == 0 or die "PR_SET_NO_NEW_PRIVS: $!";
            syscall($prctl, 22, 2, $program) == 0 or die "PR_SET_SECCOMP: $!";
            exec(@ARGV) or die "$!";
            """;

    private MissingCalls() {}

    /**
     * The words that a command is started by, for {@link Froggr#under}.
     *
     * @param file where the filter is written; it must stay, readable by who runs the command
     * @param from all calls from this number on are missing
     * @param more and these; all of 403 or more
     */
    public static List<String> words(Path file, int from, int... more) {
        Need.program("perl");
        String prctl = PRCTL.get(System.getProperty("os.arch"));
        Need.that(prctl != null, "known number of prctl on " + System.getProperty("os.arch"));
        try {
            Files.write(file, filter(from, more));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.of("perl", "-e", PERL, file.toString(), prctl);
    }

    private static byte[] filter(int from, int... more) {
        if (from < FIRST_COMMON) {
            throw new IllegalArgumentException("numbers below " + FIRST_COMMON + " differ");
        }
        int comparisons = more.length + 1;
        ByteBuffer filter = ByteBuffer.allocate((comparisons + 3) * INSTRUCTION_BYTES).order(ByteOrder.nativeOrder());
        instruction(filter, LOAD_WORD, 0, NUMBER);
        for (int i = 0; i < more.length; i++) {
            instruction(filter, JUMP_EQUAL, comparisons - i, more[i]);
        }
        instruction(filter, JUMP_GREATER_OR_EQUAL, 1, from);
        instruction(filter, RETURN, 0, ALLOW);
        instruction(filter, RETURN, 0, ERRNO | ENOSYS);
        return filter.array();
    }

    /** One instruction; {@code skipped} are those after it that are jumped over if a comparison holds. */
    private static void instruction(ByteBuffer filter, int code, int skipped, int value) {
        filter.putShort((short) code).put((byte) skipped).put((byte) 0).putInt(value);
    }
}
