package org.froggr.namespace.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.froggr.api.Errno;

/**
 * A union as the rules say it, and nothing else: members are trees of maps, and every operation looks at all of
 * them from the root. Numbers are those of the rules.
 */
final class Model {
    static final int NOREPLACE = 1;
    static final int EXCHANGE = 2;

    /** What an operation fails with. */
    static final class Failure extends Exception {
        private static final long serialVersionUID = 1L;
        final transient Errno errno;

        Failure(Errno errno) {
            super(errno.name(), null, false, false);
            this.errno = errno;
        }
    }

    /** A file of a member. */
    static final class File {
        /** Null for what is no directory. */
        final TreeMap<String, File> names;

        final boolean symlink;
        String content;
        int mode;
        int links = 1;

        private File(boolean directory, boolean symlink, String content, int mode) {
            names = directory ? new TreeMap<>() : null;
            this.symlink = symlink;
            this.content = content;
            this.mode = mode;
        }

        static File directory(int mode) {
            return new File(true, false, "", mode);
        }

        static File plain(String content, int mode) {
            return new File(false, false, content, mode);
        }

        static File link(String target) {
            return new File(false, true, target, 0777);
        }

        boolean isDirectory() {
            return names != null;
        }
    }

    /** A member; compared by identity. */
    static final class Member {
        final File root = File.directory(0755);
        final boolean receives;
        final boolean original;
        final boolean readOnly;

        Member(boolean receives, boolean original, boolean readOnly) {
            this.receives = receives;
            this.original = original;
            this.readOnly = readOnly;
        }
    }

    /** A file, and the member it is in. */
    record At(Member member, File file) {}

    final List<Member> members = new ArrayList<>();
    private final boolean plan9;

    Model(boolean plan9) {
        this.plan9 = plan9;
    }

    // Rules 4 and 5: what there is

    /** All that the members have at a path: the first one is seen, further directories are merged with it. */
    List<At> all(List<String> path) throws Failure {
        List<At> here = new ArrayList<>();
        members.forEach(member -> here.add(new At(member, member.root)));
        for (String name : path) {
            List<At> above = directories(here);
            here.clear();
            for (At part : above) {
                File file = part.file.names.get(name);
                if (file != null) {
                    here.add(new At(part.member, file));
                }
            }
        }
        return here;
    }

    /** The parts of a directory. */
    private List<At> directories(List<At> found) throws Failure {
        if (found.isEmpty()) {
            throw new Failure(Errno.ENOENT);
        }
        if (!found.get(0).file.isDirectory()) {
            throw new Failure(Errno.ENOTDIR);
        }
        boolean isRoot = found.get(0).file == found.get(0).member.root;
        if (plan9 && !isRoot) {
            return List.of(found.get(0));
        }
        return found.stream().filter(at -> at.file.isDirectory()).toList();
    }

    List<At> parts(List<String> path) throws Failure {
        return directories(all(path));
    }

    At first(List<String> path) throws Failure {
        List<At> found = all(path);
        if (found.isEmpty()) {
            throw new Failure(Errno.ENOENT);
        }
        return found.get(0);
    }

    /** Rule 6: every name with what it shows. */
    TreeMap<String, File> list(List<String> path) throws Failure {
        TreeMap<String, File> names = new TreeMap<>();
        for (At part : parts(path)) {
            part.file.names.forEach(names::putIfAbsent);
        }
        return names;
    }

    /** Rule 6 of Plan 9: how many entries there are. */
    int countEntries(List<String> path) throws Failure {
        int count = 0;
        for (At part : parts(path)) {
            count += part.file.names.size();
        }
        return count;
    }

    // Rules 7 and 8: creation

    private Member receiver(List<String> parent) throws Failure {
        if (plan9 && !parent.isEmpty()) {
            return parts(parent).get(0).member;
        }
        if (members.size() == 1) {
            return members.get(0);
        }
        return firstMember(member -> member.receives, member -> member.original && !plan9);
    }

    private Member firstMember(Predicate<Member> first, Predicate<Member> second) throws Failure {
        for (Predicate<Member> which : List.of(first, second)) {
            for (Member member : members) {
                if (which.test(member)) {
                    return member;
                }
            }
        }
        throw new Failure(Errno.EPERM);
    }

    private static List<String> parent(List<String> path) {
        return path.subList(0, path.size() - 1);
    }

    private static String name(List<String> path) {
        return path.get(path.size() - 1);
    }

    private static void writable(Member member) throws Failure {
        if (member.readOnly) {
            throw new Failure(Errno.EROFS);
        }
    }

    /** The directory in a member, made if it is in others only. */
    private File ensure(List<String> path, Member member, Errno ifFile) throws Failure {
        for (At part : parts(path)) {
            if (part.member == member) {
                return part.file;
            }
        }
        if (plan9) {
            throw new Failure(Errno.EXDEV);
        }
        writable(member);
        // Nothing is made unless all can be.
        File at = member.root;
        for (String name : path) {
            at = at == null ? null : at.names.get(name);
            if (at != null && !at.isDirectory()) {
                throw new Failure(ifFile);
            }
        }
        at = member.root;
        for (int i = 0; i < path.size(); i++) {
            int mode = parts(path.subList(0, i + 1)).get(0).file.mode;
            at = at.names.computeIfAbsent(path.get(i), name -> File.directory(mode));
        }
        return at;
    }

    /** Makes something that is not there. */
    void make(List<String> path, File file) throws Failure {
        parts(parent(path));
        if (!all(path).isEmpty()) {
            throw new Failure(Errno.EEXIST);
        }
        Member receiver = receiver(parent(path));
        writable(receiver);
        ensure(parent(path), receiver, Errno.ENOTDIR).names.put(name(path), file);
    }

    // Rule 9: what is there is changed where it is

    At change(List<String> path) throws Failure {
        At at = first(path);
        writable(at.member);
        return at;
    }

    /** Rules 11 and 12: a hard link is made in the file's member. */
    void link(List<String> from, List<String> to) throws Failure {
        At at = first(from);
        parts(parent(to));
        if (at.file.isDirectory()) {
            throw new Failure(Errno.EPERM);
        }
        if (!all(to).isEmpty()) {
            throw new Failure(Errno.EEXIST);
        }
        writable(at.member);
        ensure(parent(to), at.member, Errno.EXDEV).names.put(name(to), at.file);
        at.file.links++;
    }

    // Rule 10: removal

    void unlink(List<String> path) throws Failure {
        parts(parent(path));
        At at = first(path);
        if (at.file.isDirectory()) {
            throw new Failure(Errno.EISDIR);
        }
        writable(at.member);
        drop(path, at.member);
    }

    void rmdir(List<String> path) throws Failure {
        parts(parent(path));
        first(path);
        List<At> parts = parts(path);
        checkEmpty(parts);
        for (At part : parts) {
            writable(part.member);
        }
        for (At part : parts) {
            drop(path, part.member);
        }
    }

    private static void checkEmpty(List<At> parts) throws Failure {
        for (At part : parts) {
            if (!part.file.names.isEmpty()) {
                throw new Failure(Errno.ENOTEMPTY);
            }
        }
    }

    private static File inMember(List<String> path, Member member) {
        File at = member.root;
        for (String name : path) {
            at = at == null || !at.isDirectory() ? null : at.names.get(name);
        }
        return at;
    }

    private static void drop(List<String> path, Member member) {
        inMember(parent(path), member).names.remove(name(path)).links--;
    }

    // Rule 11: rename

    void rename(List<String> from, List<String> to, int flags) throws Failure {
        first(parent(from));
        first(parent(to));
        parts(parent(from));
        parts(parent(to));
        List<At> olds = all(from);
        List<At> news = all(to);
        At source = first(from);
        At target = news.isEmpty() ? null : news.get(0);
        if (flags == (NOREPLACE | EXCHANGE)) {
            throw new Failure(Errno.EINVAL);
        }
        if (target != null && flags == NOREPLACE) {
            throw new Failure(Errno.EEXIST);
        }
        if (target == null && flags == EXCHANGE) {
            throw new Failure(Errno.ENOENT);
        }
        if (source.file.isDirectory() && startsWith(parent(to), from)) {
            throw new Failure(Errno.EINVAL);
        }
        if (target != null && target.file.isDirectory() && startsWith(parent(from), to)) {
            throw new Failure(flags == EXCHANGE ? Errno.EINVAL : Errno.ENOTEMPTY);
        }
        if (target != null && source.file == target.file) {
            return;
        }
        if (flags == EXCHANGE) {
            exchange(from, to, source, target, olds, news);
        } else if (source.file.isDirectory()) {
            renameDirectory(from, to, target, news);
        } else {
            renameFile(from, to, source, target, news);
        }
    }

    private static boolean startsWith(List<String> path, List<String> beginning) {
        return path.size() >= beginning.size() && path.subList(0, beginning.size()).equals(beginning);
    }

    private static int directoriesIn(List<At> found) {
        return (int) found.stream().filter(at -> at.file.isDirectory()).count();
    }

    /** Only within one member, and only if nothing would be merged that was not. */
    private void exchange(List<String> from, List<String> to, At source, At target, List<At> olds, List<At> news)
            throws Failure {
        boolean directory = source.file.isDirectory() || target.file.isDirectory();
        int hidden = directoriesIn(olds) + directoriesIn(news) - directoriesIn(List.of(source, target));
        if (source.member != target.member || directory && hidden > 0 && !plan9) {
            throw new Failure(Errno.EXDEV);
        }
        writable(source.member);
        inMember(parent(from), source.member).names.put(name(from), target.file);
        inMember(parent(to), source.member).names.put(name(to), source.file);
    }

    private void renameFile(List<String> from, List<String> to, At source, At target, List<At> news)
            throws Failure {
        if (target != null && target.file.isDirectory()) {
            throw new Failure(Errno.EISDIR);
        }
        int own = members.indexOf(source.member);
        List<At> earlier = new ArrayList<>();
        for (At at : news) {
            int position = members.indexOf(at.member);
            if (position <= own && at.file.isDirectory()) {
                throw new Failure(Errno.EXDEV);
            }
            if (position < own) {
                earlier.add(at);
            }
        }
        writable(source.member);
        for (At at : earlier) {
            writable(at.member);
        }
        File directory = ensure(parent(to), source.member, Errno.EXDEV);
        drop(from, source.member);
        File replaced = directory.names.put(name(to), source.file);
        source.file.links++;
        if (replaced != null) {
            replaced.links--;
        }
        for (At at : earlier) {
            drop(to, at.member);
        }
    }

    /** In each member that has it. */
    private void renameDirectory(List<String> from, List<String> to, At target, List<At> news) throws Failure {
        if (target != null && !target.file.isDirectory()) {
            throw new Failure(Errno.ENOTDIR);
        }
        List<At> sources = parts(from);
        List<At> targets = target == null ? List.of() : parts(to);
        checkEmpty(targets);
        int first = members.indexOf(sources.get(0).member);
        for (At at : news) {
            boolean hasSource = sources.stream().anyMatch(source -> source.member == at.member);
            boolean isTarget = targets.stream().anyMatch(replaced -> replaced.file == at.file);
            if (!isTarget && (hasSource || members.indexOf(at.member) < first)) {
                throw new Failure(Errno.EXDEV);
            }
        }
        for (At at : sources) {
            writable(at.member);
        }
        for (At at : targets) {
            writable(at.member);
        }
        for (At source : sources) {
            checkEnsure(parent(to), source.member);
        }
        List<File> directories = new ArrayList<>();
        for (At source : sources) {
            directories.add(ensure(parent(to), source.member, Errno.EXDEV));
        }
        for (At at : targets) {
            drop(to, at.member);
        }
        for (int i = 0; i < sources.size(); i++) {
            inMember(parent(from), sources.get(i).member).names.remove(name(from));
            directories.get(i).names.put(name(to), sources.get(i).file);
        }
    }

    /** Throws what {@link #ensure} would. */
    private void checkEnsure(List<String> path, Member member) throws Failure {
        boolean present = parts(path).stream().anyMatch(part -> part.member == member);
        if (!present && plan9) {
            throw new Failure(Errno.EXDEV);
        }
        File at = member.root;
        for (String name : path) {
            at = at == null ? null : at.names.get(name);
            if (at != null && !at.isDirectory()) {
                throw new Failure(Errno.EXDEV);
            }
        }
    }
}
