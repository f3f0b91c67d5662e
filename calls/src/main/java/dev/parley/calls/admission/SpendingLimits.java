package dev.parley.calls.admission;

import dev.parley.voice.ModelEvent.Usage;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Limits on the tokens and the money that conversations use. Immutable.
 *
 * @param tokensPerConversation maximum number of tokens; 0 is no limit
 * @param day                   the tokens of a day
 * @param costPerConversation   in dollars; empty is no limit
 * @param costPerDay            in dollars; empty is no limit
 * @param price                 the price of tokens, in dollars
 */
public record SpendingLimits(long tokensPerConversation, Day day, Optional<Double> costPerConversation,
        Optional<Double> costPerDay, ToDoubleFunction<Usage> price) {

    /**
     * The tokens of a day.
     *
     * @param tokens     maximum number of all users; 0 is no limit
     * @param perUser    maximum number of each user; 0 is no limit
     * @param billedOnly whether these limits hold only for a model that bills them
     */
    public record Day(long tokens, long perUser, boolean billedOnly) {

        /** No limit. */
        public static final Day UNLIMITED = new Day(0, 0, false);
    }

    /** Returns whether there can be a limit per day. */
    public boolean limitsDays() {
        return day.tokens() > 0 || day.perUser() > 0 || costPerDay.isPresent();
    }
}
