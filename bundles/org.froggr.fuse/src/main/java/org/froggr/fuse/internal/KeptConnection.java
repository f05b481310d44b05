package org.froggr.fuse.internal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.At;
import org.froggr.linux.Fd;
import org.froggr.linux.OwnedFd;

/**
 * What a successor must know of a connection before all: a small file of words, exchanged as a whole. As long as it
 * is not there, nothing else counts.
 *
 * @param server the process that serves
 * @param left whether it has stopped serving and left everything in order
 * @param before those that served before it, and were not gone when it began
 */
record KeptConnection(Protocol protocol, Server server, boolean left, List<Server> before) {
    /**
     * A process.
     *
     * @param startTime see {@link org.froggr.linux.ProcStat#startTime()}
     */
    record Server(long pid, long startTime) {}

    private static final String FILE = "fuse-connection";
    private static final String NEW_FILE = "fuse-connection.new";
    private static final String FIRST_LINE = "froggr-fuse 1";
    private static final String LAST_LINE = "end";
    private static final int MODE = 0600;
    private static final int MOST_BYTES = 4096;

    void write(int directory) throws ErrnoException {
        String text = FIRST_LINE + "\nminor " + protocol.minor() + "\nflags " + protocol.flags() + "\npid "
                + server.pid + "\nstart " + server.startTime + "\nleft " + left + "\nbefore" + words(before) + "\n"
                + LAST_LINE + "\n";
        BytePath made = BytePath.of(NEW_FILE);
        int flags = Fd.O_WRONLY | Fd.O_CREAT | Fd.O_TRUNC | Fd.O_NOFOLLOW;
        try (OwnedFd file = OwnedFd.of(Fd.openat(directory, made, flags, MODE))) {
            Fd.writeFully(file.number(), text.getBytes(StandardCharsets.US_ASCII));
        }
        At.rename(directory, made, directory, BytePath.of(FILE));
    }

    /** EUCLEAN if there is none that can be used. */
    static KeptConnection read(int directory) throws ErrnoException {
        byte[] bytes;
        try (OwnedFd file =
                OwnedFd.of(Fd.openat(directory, BytePath.of(FILE), Fd.O_RDONLY | Fd.O_NOFOLLOW | Fd.O_NONBLOCK, 0))) {
            bytes = Fd.readFully(file.number(), MOST_BYTES);
        } catch (ErrnoException e) {
            throw KeptFile.unusable(FILE + ": " + e.getMessage());
        }
        try {
            return parse(new String(bytes, StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException e) {
            throw KeptFile.unusable(FILE + ": " + e.getMessage());
        }
    }

    private static KeptConnection parse(String text) {
        if (!text.startsWith(FIRST_LINE + "\n") || !text.endsWith("\n" + LAST_LINE + "\n")) {
            throw new IllegalArgumentException("is of another version, or was cut off");
        }
        Map<String, String> words = new HashMap<>();
        for (String line : text.split("\n")) {
            String[] pair = line.split(" ", 2);
            words.put(pair[0], pair.length < 2 ? "" : pair[1]);
        }
        Protocol protocol = new Protocol((int) number(words, "minor"), number(words, "flags"));
        boolean left = Boolean.parseBoolean(words.get("left"));
        Server server = new Server(number(words, "pid"), number(words, "start"));
        return new KeptConnection(protocol, server, left, servers(words.getOrDefault("before", "")));
    }

    private static String words(List<Server> servers) {
        return servers.stream().map(one -> " " + one.pid + " " + one.startTime).collect(Collectors.joining());
    }

    private static List<Server> servers(String text) {
        String[] words = text.isEmpty() ? new String[0] : text.split(" ");
        if (words.length % 2 != 0) {
            throw new IllegalArgumentException("says a process without its start");
        }
        List<Server> servers = new ArrayList<>();
        for (int i = 0; i < words.length; i += 2) {
            servers.add(new Server(Long.parseLong(words[i]), Long.parseLong(words[i + 1])));
        }
        return servers;
    }

    private static long number(Map<String, String> words, String key) {
        String word = words.get(key);
        if (word == null) {
            throw new IllegalArgumentException("does not say " + key);
        }
        return Long.parseLong(word);
    }

    static void remove(int directory) throws ErrnoException {
        for (String name : new String[] {FILE, NEW_FILE}) {
            try {
                At.unlink(directory, BytePath.of(name));
            } catch (ErrnoException e) {
                if (!e.is(Errno.ENOENT)) {
                    throw e;
                }
            }
        }
    }
}
