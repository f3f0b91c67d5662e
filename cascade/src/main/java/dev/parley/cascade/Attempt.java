package dev.parley.cascade;

import dev.parley.voice.language.Generation;
import dev.parley.voice.language.GenerationEvent.Usage;
import dev.parley.voice.language.GenerationFailure;
import dev.parley.voice.language.LanguageModel;
import dev.parley.voice.language.Prompt;
import dev.parley.voice.language.Prompt.ToolUse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request to the language model, and its reply so far. An early one is kept back until it is sure that the user's turn is over. Not
 * thread-safe.
 */
final class Attempt {

    private static final int CHARACTERS_PER_TOKEN = 4;

    private final String question;
    private final Prompt prompt;
    private final ReplyText text = new ReplyText();
    private final List<String> kept = new ArrayList<>();
    private Generation generation = () -> {};
    private boolean early;
    private Instant progress;
    private boolean done;
    private boolean counted;
    private List<ToolUse> calls = List.of();
    private @Nullable GenerationFailure failure;

    /**
     * Creates an attempt, which has not begun.
     *
     * @param question the user's words, by which an early attempt is recognised
     */
    Attempt(String question, Prompt prompt, boolean early, Instant now) {
        this.question = question;
        this.prompt = prompt;
        this.early = early;
        progress = now;
    }

    void begin(LanguageModel model, EventRelay events) {
        generation = model.generate(prompt, events);
    }

    String question() {
        return question;
    }

    boolean early() {
        return early;
    }

    /** Returns when something came last. */
    Instant progress() {
        return progress;
    }

    boolean done() {
        return done;
    }

    List<ToolUse> calls() {
        return calls;
    }

    @Nullable GenerationFailure failure() {
        return failure;
    }

    String whole() {
        return text.whole();
    }

    boolean endless() {
        return text.endless();
    }

    /** Adds a piece of the reply, and returns the parts to say now; none while the attempt is early. */
    List<String> add(String piece, Instant now) {
        progress = now;
        kept.addAll(text.add(piece));
        return early ? List.of() : take();
    }

    /** Records the end of the reply, and returns the parts to say now. */
    List<String> done(List<ToolUse> wanted, Instant now) {
        progress = now;
        done = true;
        calls = wanted;
        kept.addAll(text.finish());
        return early ? List.of() : take();
    }

    void failed(GenerationFailure why) {
        done = true;
        failure = why;
    }

    /** Makes an early attempt the answer, and returns the parts to say now. */
    List<String> promote() {
        early = false;
        return take();
    }

    private List<String> take() {
        var parts = List.copyOf(kept);
        kept.clear();
        return parts;
    }

    void cancel() {
        if (!done) {
            done = true;
            generation.cancel();
        }
    }

    /** Returns the tokens that this request has cost, as the provider counted them or else estimated; once, then none. */
    Usage cost(Usage reported) {
        if (counted) {
            return new Usage(0, 0);
        }
        counted = true;
        return reported.known() ? reported
                : new Usage(tokens(prompt.characters()), tokens(text.whole().length()
                        + calls.stream().mapToInt(call -> call.arguments().length()).sum()));
    }

    private static int tokens(int characters) {
        return Math.ceilDiv(characters, CHARACTERS_PER_TOKEN);
    }
}
