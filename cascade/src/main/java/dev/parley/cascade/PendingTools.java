package dev.parley.cascade;

import dev.parley.speech.answer.AnswersContext;
import dev.parley.voice.ModelEvent;
import dev.parley.voice.StreamSettings.ToolSpec;
import dev.parley.voice.language.Prompt.ToolUse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The tool calls that an answer waits for, and the number of its rounds. Calls that change something for a sentence that may go on are made
 * once it is sure that it does not. Not thread-safe.
 */
final class PendingTools {

    /** Maximum number of rounds for one question. */
    static final int MAX_ROUNDS = 8;

    private final AnswersContext context;
    private final Set<String> readOnly;
    private @Nullable ToolRound round;
    private int rounds;
    private int calls;

    PendingTools(AnswersContext context) {
        this.context = context;
        readOnly = context.tools()
                .stream()
                .filter(ToolSpec::readOnly)
                .map(ToolSpec::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Forgets the rounds of the last question. */
    void reset() {
        round = null;
        rounds = 0;
    }

    /** Waits for no result any more. */
    void drop() {
        round = null;
    }

    boolean waiting() {
        return round != null;
    }

    /** Returns whether tools were called for this question. */
    boolean used() {
        return rounds > 0;
    }

    /**
     * Begins a round, whose calls are made by {@link #makeDue}. Returns false if the question had too many.
     *
     * @param wait how long calls that change something wait
     */
    boolean begin(List<ToolUse> wanted, Duration wait, Instant now) {
        if (rounds++ >= MAX_ROUNDS) {
            return false;
        }
        Instant due = changes(wanted.stream()) ? now.plus(wait) : now;
        round = new ToolRound(Stream.generate(() -> "llm-" + ++calls).limit(wanted.size()).toList(), wanted,
                due, due.plus(context.toolWait()));
        return true;
    }

    /** Makes calls that are due, and returns whether one of them changes something. */
    boolean makeDue(Instant now) {
        ToolRound due = round;
        if (due == null || due.begun() || now.isBefore(due.due())) {
            return false;
        }
        due.begin();
        due.calls()
                .forEach((id, call) -> context.events()
                        .accept(new ModelEvent.ToolCall(id, call.name(), call.arguments())));
        return changes(due.calls().values().stream());
    }

    private boolean changes(Stream<ToolUse> some) {
        return some.anyMatch(call -> !readOnly.contains(call.name()));
    }

    /** Takes a result. Returns the round, if it has all of its results now. */
    Optional<ToolRound> result(String id, String json) {
        if (round != null) {
            round.result(id, json);
        }
        return complete();
    }

    /** Gives up results that are late. Returns the round, if there were any. */
    Optional<ToolRound> tooLate(Instant now) {
        if (round == null || !round.begun() || now.isBefore(round.until())) {
            return Optional.empty();
        }
        round.giveUp();
        return complete();
    }

    private Optional<ToolRound> complete() {
        Optional<ToolRound> done = Optional.ofNullable(round).filter(ToolRound::complete);
        if (done.isPresent()) {
            round = null;
        }
        return done;
    }

    /** Returns when {@link #makeDue} or {@link #tooLate} has work. Past the first of these times it waits for the end of the user's turn. */
    Optional<Instant> next(Instant now) {
        return Optional.ofNullable(round)
                .map(one -> one.begun() ? one.until() : one.due())
                .filter(at -> at.isAfter(now));
    }
}
