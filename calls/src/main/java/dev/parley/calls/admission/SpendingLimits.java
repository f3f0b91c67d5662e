package dev.parley.calls.admission;

import dev.parley.voice.ModelEvent.Usage;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Limits on the tokens and the money that conversations use. Immutable.
 *
 * @param tokensPerConversation maximum number of tokens; 0 is no limit
 * @param tokensPerDay          maximum number of tokens; 0 is no limit
 * @param costPerConversation   in dollars; empty is no limit
 * @param costPerDay            in dollars; empty is no limit
 * @param price                 the price of tokens, in dollars
 */
public record SpendingLimits(long tokensPerConversation, long tokensPerDay,
        Optional<Double> costPerConversation, Optional<Double> costPerDay, ToDoubleFunction<Usage> price) {

    /** Returns whether there is a limit per day. */
    public boolean limitsDays() {
        return tokensPerDay > 0 || costPerDay.isPresent();
    }
}
