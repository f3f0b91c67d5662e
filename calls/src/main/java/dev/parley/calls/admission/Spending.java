package dev.parley.calls.admission;

import dev.parley.calls.admission.CallBudget.Spent;
import dev.parley.voice.ModelEvent.Usage;
import java.util.Optional;

/**
 * Compares the tokens and the money that conversations use with the limits of a day and of a conversation. The sum of the day is in a
 * {@link CallBudget}. Thread-safe.
 */
public final class Spending {

    private final SpendingLimits limits;
    private final CallBudget budget;

    public Spending(SpendingLimits limits, CallBudget budget) {
        this.limits = limits;
        this.budget = budget;
    }

    /** @param carried tokens that the conversation has used at another server, which has counted them for its day */
    StreamMeter meter(Usage carried) {
        return new StreamMeter(this, carried);
    }

    /** Adds to the sum of the day. */
    void spend(Spent more) {
        if (!more.equals(Spent.NOTHING)) {
            budget.spend(more);
        }
    }

    /**
     * Returns the message for the user if a limit is reached.
     *
     * @param conversation what it has spent
     */
    Optional<String> reached(Spent conversation) {
        if (over(conversation, limits.tokensPerConversation(), limits.costPerConversation())) {
            return Optional.of("This conversation has reached its limit.");
        }
        return dayOver();
    }

    /** Returns the message for the user if the limit of the day is reached. */
    Optional<String> dayOver() {
        return limits.limitsDays() && over(budget.today(), limits.tokensPerDay(), limits.costPerDay())
                ? Optional.of("Today's limit of this server is reached. Come back tomorrow.")
                : Optional.empty();
    }

    /** Returns what these tokens cost. */
    Spent spent(Usage usage) {
        long tokens = (long) usage.inputSpeech() + usage.inputText() + usage.outputSpeech()
                + usage.outputText();
        return new Spent(tokens, limits.price().applyAsDouble(usage));
    }

    private static boolean over(Spent spent, long mostTokens, Optional<Double> mostCost) {
        return (mostTokens > 0 && spent.tokens() >= mostTokens)
                || (mostCost.isPresent() && spent.cost() >= mostCost.get());
    }
}
