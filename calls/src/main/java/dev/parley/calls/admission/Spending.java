package dev.parley.calls.admission;

import dev.parley.calls.admission.CallBudget.Spent;
import dev.parley.calls.visitor.Visitor;
import dev.parley.voice.ModelEvent.Usage;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Compares the tokens and the money that conversations use with the limits of a day, of a user on that day, and of a conversation. The sums of the
 * day are in a {@link CallBudget}. Thread-safe.
 */
public final class Spending {

    private final SpendingLimits limits;
    private final CallBudget budget;
    private final BooleanSupplier billed;

    /** @param billed whether the model bills tokens; asked when it is loaded */
    public Spending(SpendingLimits limits, CallBudget budget, BooleanSupplier billed) {
        this.limits = limits;
        this.budget = budget;
        this.billed = billed;
    }

    /**
     * Returns the meter of a stream.
     *
     * @param visitor whose conversation it is
     * @param carried tokens that the conversation has used at another server, which has counted them for its day
     */
    StreamMeter meter(Visitor visitor, Usage carried) {
        return new StreamMeter(this, visitor, carried);
    }

    /** Adds to the sums of the day. */
    void spend(Visitor visitor, Spent more) {
        if (!more.equals(Spent.NOTHING)) {
            budget.spend(visitor, more);
        }
    }

    /**
     * Returns the message for the user if a limit is reached.
     *
     * @param conversation what it has spent
     */
    Optional<String> reached(Visitor visitor, Spent conversation) {
        if (over(conversation, limits.tokensPerConversation(), limits.costPerConversation())) {
            return Optional.of("This conversation has reached its limit.");
        }
        return dayOver(visitor);
    }

    /** Returns the message for the user if the limit of the day is reached, of all users or of this one. */
    Optional<String> dayOver(Visitor visitor) {
        if (!limits.limitsDays()) {
            return Optional.empty();
        }
        SpendingLimits.Day day = limits.day();
        boolean counts = !day.billedOnly() || billed.getAsBoolean();
        if (over(budget.today(), counts ? day.tokens() : 0, limits.costPerDay())) {
            return Optional.of("Today's limit of this server is reached. Come back tomorrow.");
        }
        return counts && over(budget.today(visitor), day.perUser(), Optional.empty())
                ? Optional.of("Your limit for today is reached. Come back tomorrow.")
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
