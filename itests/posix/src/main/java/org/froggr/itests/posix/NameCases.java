package org.froggr.itests.posix;

import static org.froggr.itests.posix.Check.*;
import static org.froggr.itests.posix.Names.*;

import java.util.Set;
import java.util.TreeSet;
import org.froggr.api.ByteText;

/** Names of all bytes and of all lengths. */
final class NameCases {
    private NameCases() {}

    static void list(Catalogue list) {
        names(list.chapter("names"));
    }

    private static void names(Chapter chapter) {
        chapter.test("every-byte-alone", site -> {
            Set<String> names = new TreeSet<>();
            for (int b = 1; b < 256; b++) {
                if (b != '/' && b != '.') {
                    String name = ByteText.decode(new byte[] {(byte) b});
                    file(name, "byte " + b);
                    names.add(name);
                }
            }
            same(names, Directory.names("."), "names");
            for (int b = 1; b < 256; b++) {
                if (b != '/' && b != '.') {
                    same("byte " + b, content(ByteText.decode(new byte[] {(byte) b})), "content");
                }
            }
        });
        chapter.test("every-byte-in-the-middle", site -> {
            for (int b = 1; b < 256; b++) {
                if (b != '/') {
                    String name = ByteText.decode(new byte[] {'a', (byte) b, 'z'});
                    mkdir(name);
                    touch(name + "/f");
                    rename(name + "/f", name + "/g");
                    same(Set.of("g"), Directory.names(name), "names");
                }
            }
            same(254, Directory.names(".").size(), "names");
        });
        String[] odd = {
            "...", "..a", ".a", ".hidden", " ", "  lead", "trail ", "a\nb", "\n", "\t", "-rf", "--", "*", "?",
            "[a]", "~", "$HOME", "`x`", "a\\b", "\\", "a:b", "a,b", "a=b", "\"q\"", "'q'", "#c", "%s", "\u00e9",
            "e\u0301", "\u65e5\u672c", "\ud83d\udc38", "\udcff\udcfe", "\udcc3(", "CON", "con", "a.", "\u007f",
            "\u0001", ".fuse_hidden1", ".wh.a"
        };
        for (int i = 0; i < odd.length; i++) {
            String name = odd[i];
            chapter.test("odd-" + (i + 1) + "-" + printable(name), site -> {
                mkdir("d");
                file("d/" + name, "abc");
                same(Set.of(name), Directory.names("d"), "names");
                same("abc", content("d/" + name), "content");
                symlink(name, "d/s");
                same("abc", content("d/s"), "content through a symlink");
                unlink("d/s");
                link("d/" + name, "d/x");
                unlink("d/" + name);
                rename("d/x", "d/" + name);
                unlink("d/" + name);
                mkdir("d/" + name);
                rmdir("d/" + name);
            });
        }
        chapter.test("upper-and-lower-case-are-two", site -> {
            file("name", "lower");
            file("NAME", "upper");
            same("lower", content("name"), "content");
            same(2, Directory.names(".").size(), "names");
        });
        chapter.test("composed-and-decomposed-are-two", site -> {
            file("\u00e9", "one");
            file("e\u0301", "two");
            same("one", content("\u00e9"), "content");
            same(2, Directory.names(".").size(), "names");
        });
        chapter.test("255-bytes-of-anything", site -> {
            byte[] bytes = new byte[255];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (i + 1 == '/' ? 'x' : i + 1);
            }
            String name = ByteText.decode(bytes);
            file(name, "abc");
            same(Set.of(name), Directory.names("."), "names");
            same("abc", content(name), "content");
        });
        for (int length : new int[] {1, 14, 100, 254, 255}) {
            chapter.test("length-" + length, site -> {
                String name = "n".repeat(length);
                touch(name);
                mkdir("d");
                rename(name, "d/" + name);
                same(Set.of(name), Directory.names("d"), "names");
            });
        }
    }

    /** For an id: anything but letters, digits and some marks by its number. */
    private static String printable(String name) {
        StringBuilder text = new StringBuilder();
        for (byte b : ByteText.encode(name)) {
            char c = (char) (b & 0xff);
            text.append(c > ' ' && c < 127 && "/*?[]\\\"'`".indexOf(c) < 0 ? c : String.format("x%02x", (int) c));
        }
        return text.toString();
    }
}
