package org.froggr.session.internal.store;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.froggr.api.BytePath;
import org.froggr.api.ShellWord;
import org.froggr.api.session.BindOrder;
import org.froggr.api.session.EntryKind;

/** Reads the words of one line of {@link NamespaceText}. */
final class NamespaceLineParser {
    private final Iterator<String> words;
    private final List<String> operands = new ArrayList<>();
    private BindOrder order = BindOrder.UNSPECIFIED;
    private boolean create;
    private boolean recursive;
    private List<String> options = List.of();
    private String type;

    NamespaceLineParser(List<String> words) {
        this.words = words.get(0).equals("frg") ? words.listIterator(1) : words.iterator();
    }

    NamespaceText.Line parse() {
        EntryKind kind = kind(next("a verb"));
        while (words.hasNext()) {
            word(words.next());
        }
        if (operands.size() != 2) {
            throw new IllegalArgumentException("source and target expected, not " + operands.size() + " operands");
        }
        BindOrder where = kind == EntryKind.MOUNT ? BindOrder.REPLACE : order;
        BytePath target = BytePath.of(operands.get(1));
        return new NamespaceText.Line(kind, where, create, recursive, options, type, operands.get(0), target);
    }

    private static EntryKind kind(String verb) {
        return switch (verb) {
            case "mount" -> EntryKind.MOUNT;
            case "bind" -> EntryKind.BIND;
            default -> throw new IllegalArgumentException(ShellWord.quote(verb) + " is neither mount nor bind");
        };
    }

    private void word(String word) {
        switch (word) {
            case "-a" -> order = BindOrder.AFTER;
            case "-b" -> order = BindOrder.BEFORE;
            case "-r" -> order = BindOrder.REPLACE;
            case "-c" -> create = true;
            case "-R" -> recursive = true;
            case "-o" -> options = List.of(next("options").split(","));
            case "-t" -> type = next("a type");
            default -> operand(word);
        }
    }

    private void operand(String word) {
        if (word.startsWith("-")) {
            throw new IllegalArgumentException("unknown option " + ShellWord.quote(word));
        }
        operands.add(word);
    }

    private String next(String what) {
        if (!words.hasNext()) {
            throw new IllegalArgumentException(what + " expected at the end");
        }
        return words.next();
    }
}
