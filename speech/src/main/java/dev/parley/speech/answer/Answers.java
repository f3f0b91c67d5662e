package dev.parley.speech.answer;

import dev.parley.speech.turn.Floor;
import java.time.Instant;
import java.util.Optional;

/**
 * Produces the answers of one stream: takes what the user said and passes what to say to {@link Speech}. Its stream calls it from one thread
 * at a time. It must not block: work on other threads comes back through {@link AnswersContext#owner}.
 */
public interface Answers {

    /** Creates the answers of a stream. Called once for each stream, on the stream's thread. */
    @FunctionalInterface
    interface Factory {
        Answers create(AnswersContext context);

        /** Returns whether the answers count their tokens themselves, by {@link AnswersContext#tokens}. */
        default boolean countsTokens() {
            return false;
        }
    }

    /** Returns the assistant's side of the conversation. */
    Floor floor();

    /** Holds the answer, including one that is still being prepared: a voice is heard over it. */
    void hold(Instant now);

    /** Lets a held answer go on. */
    void release(Instant now);

    /** Takes the instructions, which come first. Says the greeting if there is one, or goes on with an earlier conversation. */
    void systemPrompt(String text, Instant now);

    /** Returns the state from which a stream at another server can go on, or "". */
    String snapshot();

    /** Answers typed text, in place of the current answer. */
    void typed(String text, Instant now);

    /** Answers the user's speech, in place of the current answer. */
    void heard(String text, Instant now);

    /** Called when the user begins to speak. */
    default void began(Instant now) {}

    /**
     * Called when the user's turn probably ends with these words. {@link #heard} or {@link #wentOn} follows; both may come without it.
     */
    default void expected(String text, Instant now) {}

    /** Called when the turn did not end as {@link #expected}. May be called without it. */
    default void wentOn(Instant now) {}

    /** Called with each sentence of the assistant that was heard, or the part of it that was heard before an interruption. */
    default void said(String text) {}

    /** Returns whether speech that begins now can be the rest of the last question. */
    boolean joins(Instant now);

    /** Returns the last question together with its rest; empty if the rest makes more sense alone. */
    Optional<String> joined(String rest);

    /** Returns whether a few words that are heard over an answer say nothing: the recogniser writes words for some murmurs. */
    boolean meaningless(String text);

    /** Undoes the last question and its answer. */
    void retract(Instant now);

    /** Drops the current answer. Its sound stops. */
    void interrupt(Instant now);

    /** Handles a tool's result. */
    void toolResult(String toolUseId, String json, Instant now);

    /** Queues a text to say as soon as nobody speaks. */
    void notice(String text);

    /** Performs the work that is due. */
    void tick(boolean userTalking, Instant now);

    /** Returns when {@link #tick} is due. */
    Optional<Instant> next(Instant now);

    /** Cancels work on other threads, because the stream ends. No other method is called afterwards. */
    default void close() {}
}
