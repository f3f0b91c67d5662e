package dev.parley.cascade;

import dev.parley.speech.answer.AnswersContext;
import dev.parley.voice.language.GenerationEvent;
import dev.parley.voice.language.GenerationEvent.Usage;
import dev.parley.voice.language.GenerationFailure;
import dev.parley.voice.language.GenerationFailure.Kind;
import dev.parley.voice.language.LanguageModel;
import dev.parley.voice.language.Prompt;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The request to the model that is under way, at most one, and what all of them have cost. Watches for silence and for replies without an end.
 * Not thread-safe.
 */
final class Requests {

    /** Receives the reply of a request, once it is no longer early. */
    interface Listener {
        /** Called with complete parts of the reply. */
        void said(List<String> parts, Instant now);

        /** Called when the request has ended, well or badly. It is no longer under way. */
        void ended(Attempt attempt, Instant now);
    }

    private final LanguageModel model;
    private final Duration silence;
    private final AnswersContext context;
    private final Listener listener;
    private @Nullable Attempt attempt;

    Requests(LanguageModel model, Duration silence, AnswersContext context, Listener listener) {
        this.model = model;
        this.silence = silence;
        this.context = context;
        this.listener = listener;
    }

    /** Returns whether no request is under way, early ones included. */
    boolean none() {
        return attempt == null;
    }

    /** Returns whether a request is under way that is not early. */
    boolean answering() {
        return attempt != null && !attempt.early();
    }

    /** Returns whether the early request under way is for these words. */
    boolean expects(String question) {
        return attempt != null && attempt.early() && attempt.question().equals(question);
    }

    /** Begins a request in place of the one under way. */
    void begin(String question, Prompt prompt, boolean early, Instant now) {
        cancel();
        var next = new Attempt(question, prompt, early, now);
        attempt = next;
        next.begin(model, new EventRelay(context.owner(), (event, at) -> on(next, event, at)));
    }

    /** Makes the early request under way the answer. */
    void promote(Instant now) {
        if (attempt != null) {
            Attempt promoted = attempt;
            listener.said(promoted.promote(), now);
            end(promoted, now);
        }
    }

    /** Cancels the request under way, at the provider too. It counts as spent. */
    void cancel() {
        if (attempt != null) {
            attempt.cancel();
            count(attempt, Usage.UNKNOWN);
            attempt = null;
        }
    }

    /** Cancels the request under way if it is early. */
    void cancelEarly() {
        if (!answering()) {
            cancel();
        }
    }

    /** Ends a request that has been silent for too long. */
    void tick(Instant now) {
        if (attempt != null && deadline().filter(at -> !now.isBefore(at)).isPresent()) {
            stop(attempt, Kind.SILENT, now);
        }
    }

    /** Returns when {@link #tick} is due. */
    Optional<Instant> deadline() {
        return Optional.ofNullable(attempt)
                .filter(one -> !one.done())
                .map(one -> one.progress().plus(silence));
    }

    private void on(Attempt from, GenerationEvent event, Instant now) {
        if (from != attempt) {
            return;
        }
        switch (event) {
            case GenerationEvent.Text(var piece) -> {
                List<String> parts = from.add(piece, now);
                if (from.endless()) {
                    stop(from, Kind.ENDLESS, now);
                } else {
                    listener.said(parts, now);
                }
            }
            case GenerationEvent.Done(var wanted, var usage) -> {
                List<String> parts = from.done(wanted, now);
                count(from, usage);
                listener.said(parts, now);
                end(from, now);
            }
            case GenerationEvent.Failed(var failure) -> {
                from.failed(failure);
                if (failure.status() == 0 && failure.kind() != Kind.UNREACHABLE) {
                    count(from, Usage.UNKNOWN);
                }
                end(from, now);
            }
        }
    }

    private void stop(Attempt endless, Kind kind, Instant now) {
        endless.cancel();
        endless.failed(GenerationFailure.of(kind));
        count(endless, Usage.UNKNOWN);
        end(endless, now);
    }

    private void end(Attempt ended, Instant now) {
        if (ended.done() && !ended.early()) {
            attempt = null;
            listener.ended(ended, now);
        }
    }

    /** Counts the tokens of a request, as the provider counted them or else estimated; once. */
    void count(Attempt of, Usage reported) {
        Usage cost = of.cost(reported);
        if (cost.input() > 0 || cost.output() > 0) {
            context.tokens().add(cost.input(), cost.output());
        }
    }
}
