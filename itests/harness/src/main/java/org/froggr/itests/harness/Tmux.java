package org.froggr.itests.harness;

import java.time.Duration;

/** A terminal of 100 columns and 30 rows in which the user types. */
public final class Tmux implements AutoCloseable {
    private final Froggr froggr;
    private final String socket;

    private Tmux(Froggr froggr) {
        this.froggr = froggr;
        this.socket = froggr.path("tmux.sock");
    }

    /** Opens a terminal that runs a plain shell with the prompt {@code $ }. */
    public static Tmux open(Froggr froggr) {
        Need.program("tmux");
        Tmux tmux = new Tmux(froggr);
        froggr.sh(
                        "TERM=xterm-256color tmux -S \"$1\" -f /dev/null new-session -d -x 100 -y 30 "
                                + "-e PS1='$ ' -e ENV= -e FRG=\"$FRG\" sh </dev/null >/dev/null 2>&1",
                        tmux.socket)
                .ok();
        return tmux.expect("$ ");
    }

    private Result tmux(String command, String... arguments) {
        return froggr.sh("tmux -S \"" + socket + "\" " + command + " \"$@\"", arguments);
    }

    /** Types text and presses Enter. */
    public Tmux line(String text) {
        return type(text).key("Enter");
    }

    /** Types text as it is. */
    public Tmux type(String text) {
        tmux("send-keys -l", text).ok();
        return this;
    }

    /** Presses a key by tmux's name of it, such as {@code C-c} or {@code Up}. */
    public Tmux key(String name) {
        tmux("send-keys", name).ok();
        return this;
    }

    /** Changes the window's size. */
    public Tmux resize(int columns, int rows) {
        tmux("resize-window -x " + columns + " -y " + rows).ok();
        return this;
    }

    /** What is on the screen. */
    public String screen() {
        return tmux("capture-pane -p -J").ok().out();
    }

    /** Waits until this text is on the screen. */
    public Tmux expect(String text) {
        if (!Wait.holds(Duration.ofSeconds(20), () -> screen().contains(text))) {
            throw new AssertionError("not on the screen: " + text + "\n" + screen());
        }
        return this;
    }

    /** Waits until the plain shell prompts again: what is typed before may be read by the program that ends. */
    public Tmux expectPrompt() {
        boolean prompts = Wait.holds(
                Duration.ofSeconds(20),
                () -> screen().lines().filter(line -> !line.isBlank()).reduce("", (a, b) -> b).strip().equals("$"));
        if (!prompts) {
            throw new AssertionError("no prompt on the screen:\n" + screen());
        }
        return this;
    }

    /** Clears what has been shown, so that {@link #expect} sees new text only. */
    public Tmux clear() {
        tmux("send-keys -R").ok();
        tmux("clear-history").ok();
        return this;
    }

    @Override
    public void close() {
        tmux("kill-server");
    }
}
