package org.froggr.spi.doctor;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Something that is not as it should be. Immutable; texts are ByteText, paths in sentences quoted by
 * {@link org.froggr.api.BytePath#quoted}.
 */
public final class Finding {
    /** How bad it is. */
    public enum Severity {
        /** Something does not work, or will not. */
        FAULT,
        /** It works, and something should be done nevertheless. */
        WARNING,
        /** Worth knowing; nothing need be done. Does not change the exit status. */
        NOTE
    }

    private final String code;
    private final Severity severity;
    private final String what;
    private final String object;
    private final long holder;
    private final UUID session;
    private final String why;
    private final String advice;
    private final String deed;
    private final Remedy remedy;

    private Finding(Draft draft) {
        code = draft.code;
        severity = draft.severity;
        what = draft.what;
        object = draft.object;
        holder = draft.holder;
        session = draft.session;
        why = draft.why;
        advice = draft.advice;
        deed = draft.deed;
        remedy = draft.remedy;
    }

    /**
     * Begins one.
     *
     * @param code capital letters and underscores, the same for every finding of its kind
     * @param what one sentence without a full stop
     */
    public static Draft of(Severity severity, String code, String what) {
        return new Draft(severity, code, what);
    }

    public String code() {
        return code;
    }

    public Severity severity() {
        return severity;
    }

    /** What is wrong. */
    public String what() {
        return what;
    }

    /** Which file, mount, process, setting; as it is, not quoted. */
    public Optional<String> object() {
        return Optional.ofNullable(object);
    }

    /** Process id of who has it. */
    public OptionalLong holder() {
        return holder > 0 ? OptionalLong.of(holder) : OptionalLong.empty();
    }

    /** The session that it belongs to, or belonged to. */
    public Optional<UUID> session() {
        return Optional.ofNullable(session);
    }

    /** Why it matters. */
    public Optional<String> why() {
        return Optional.ofNullable(why);
    }

    /** What a person can do; not needed where there is a {@link #remedy}. */
    public Optional<String> advice() {
        return Optional.ofNullable(advice);
    }

    /** What {@link #remedy} does, as in "remove it". */
    public Optional<String> deed() {
        return Optional.ofNullable(deed);
    }

    public Optional<Remedy> remedy() {
        return Optional.ofNullable(remedy);
    }

    @Override
    public String toString() {
        return severity + " " + code + ": " + what;
    }

    /** A finding that is being written. */
    public static final class Draft {
        private final Severity severity;
        private final String code;
        private final String what;
        private String object;
        private long holder;
        private UUID session;
        private String why;
        private String advice;
        private String deed;
        private Remedy remedy;

        private Draft(Severity severity, String code, String what) {
            this.severity = Objects.requireNonNull(severity);
            this.code = Objects.requireNonNull(code);
            this.what = Objects.requireNonNull(what);
        }

        /** See {@link Finding#object}. */
        public Draft object(Object concerned) {
            object = concerned.toString();
            return this;
        }

        /** See {@link Finding#holder}. */
        public Draft holder(long pid) {
            holder = pid;
            return this;
        }

        /** See {@link Finding#session}. */
        public Draft session(UUID id) {
            session = id;
            return this;
        }

        /** See {@link Finding#why}. */
        public Draft why(String sentence) {
            why = sentence;
            return this;
        }

        /** See {@link Finding#advice}. */
        public Draft advice(String whatToDo) {
            advice = whatToDo;
            return this;
        }

        /** What {@code --fix} does, as in "remove it". */
        public Draft remedy(String whatItDoes, Remedy mending) {
            deed = Objects.requireNonNull(whatItDoes);
            remedy = Objects.requireNonNull(mending);
            return this;
        }

        public Finding done() {
            return new Finding(this);
        }
    }
}
