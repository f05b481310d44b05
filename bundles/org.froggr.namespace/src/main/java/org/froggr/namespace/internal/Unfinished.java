package org.froggr.namespace.internal;

import java.util.ArrayList;
import java.util.List;
import org.froggr.api.ErrnoException;
import org.froggr.namespace.internal.Intent.Piece;
import org.froggr.spi.tree.FileName;

/** What the last process left half done, until all members that it concerns are there and it can be finished. */
final class Unfinished {
    private final Space space;
    private final List<Intents.Begun> left;
    private boolean begun;

    Unfinished(Space space, List<Intents.Begun> left) {
        this.space = space;
        this.left = new ArrayList<>(left);
    }

    /** All that were there are there again. */
    synchronized void begin() {
        begun = true;
        for (Intents.Begun change : List.copyOf(left)) {
            Head head = head(change);
            if (head == null || !tryToFinish(head, change)) {
                space.say("union " + change.intent.head() + ": " + describe(change.intent)
                        + " was under way when the platform ended, and waits for a member that is not there");
            }
        }
    }

    /** A member has come. */
    synchronized void retry(Head head) {
        if (begun) {
            for (Intents.Begun change : List.copyOf(left)) {
                if (change.intent.head() == head.number) {
                    tryToFinish(head, change);
                }
            }
        }
    }

    /** A union is no more. */
    synchronized void forget(Head head) {
        for (Intents.Begun change : List.copyOf(left)) {
            if (change.intent.head() == head.number) {
                end(change);
            }
        }
    }

    private Head head(Intents.Begun change) {
        return space.find(Long.toString(change.intent.head()));
    }

    private void end(Intents.Begun change) {
        left.remove(change);
        change.end();
    }

    /** @return whether nothing is left to do, or could be done */
    private boolean tryToFinish(Head head, Intents.Begun change) {
        head.structure.lock();
        try {
            int stripe = Gate.stripe();
            Members members = head.present();
            while (!head.enterAll(members, stripe)) {
                members = head.present();
            }
            try {
                if (!isPossible(members, change.intent)) {
                    return false;
                }
                finish(head, members, change.intent);
            } finally {
                head.exitAll(members, stripe);
            }
        } catch (ErrnoException e) {
            return false;
        } finally {
            head.structure.unlock();
        }
        end(change);
        head.invalidateViews();
        tell(head, change.intent.from(), change.intent.name());
        tell(head, change.intent.to(), change.intent.newName());
        return true;
    }

    private static boolean isPossible(Members members, Intent intent) {
        for (Piece piece : intent.pieces()) {
            if (members.find(piece.member()) == null) {
                return false;
            }
        }
        return true;
    }

    private static void finish(Head head, Members members, Intent intent) {
        Completion completion = new Completion(members, intent);
        try {
            completion.finish();
        } catch (ErrnoException | RuntimeException e) {
            undo(head, completion, describe(intent) + " was under way when the platform ended, ", e);
        }
    }

    private static void undo(Head head, Completion completion, String what, Exception why) {
        try {
            completion.undo();
            head.say(what + "and was undone since it could not be finished: " + why.getMessage());
        } catch (ErrnoException | RuntimeException e) {
            head.say(what + "and could neither be finished (" + why.getMessage() + ") nor undone: " + e.getMessage());
        }
    }

    private static String describe(Intent intent) {
        String name = path(intent.from(), intent.name());
        return switch (intent.kind()) {
            case RENAME, COVER -> "the rename of " + name + " to " + path(intent.to(), intent.newName());
            case REMOVE -> "the removal of " + name;
            case MAKE -> "the directory " + name;
        };
    }

    private static String path(List<byte[]> names, FileName name) {
        StringBuilder path = new StringBuilder();
        for (byte[] each : names) {
            path.append(FileName.of(each)).append('/');
        }
        return path.append(name).toString();
    }

    /** Callers may know what the name meant before. */
    private void tell(Head head, List<byte[]> path, FileName name) {
        DirectoryNode at = head.rootDirectory();
        for (byte[] each : path) {
            DirectoryNode above = at;
            at = at == null ? null : (DirectoryNode) head.table.find(at, each, true);
            if (above != null) {
                above.release(1);
            }
        }
        if (at == null || name == null) {
            return;
        }
        DirectoryNode directory = at;
        directory.changed();
        byte[] bytes = name.bytes();
        space.teller().tellLater(() -> {
            head.entryChanged(directory, bytes);
            directory.release(1);
        });
    }
}
