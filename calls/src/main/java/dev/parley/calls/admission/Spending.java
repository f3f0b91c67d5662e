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

    /** Counts the tokens of one stream. Not thread-safe. */
    final class Meter {
        private final Usage carried;
        private Usage before = new Usage(0, 0, 0, 0);

        private Meter(Usage carried) {
            this.carried = carried;
        }

        /** Returns the tokens of the stream, and of the one before it at another server. */
        Usage total() {
            return plus(carried, before);
        }

        /** Counts the stream's totals. Returns the message for the user if a limit is reached. */
        Optional<String> read(Usage total) {
            budget.spend(spent(total).minus(spent(before)));
            before = total;
            if (over(spent(total()), limits.tokensPerConversation(), limits.costPerConversation())) {
                return Optional.of("This conversation has reached its limit.");
            }
            return dayOver();
        }
    }

    /** @param carried tokens that the conversation has used at another server, which has counted them for its day */
    Meter meter(Usage carried) {
        return new Meter(carried);
    }

    /** Returns the message for the user if the limit of the day is reached. */
    Optional<String> dayOver() {
        return limits.limitsDays() && over(budget.today(), limits.tokensPerDay(), limits.costPerDay())
                ? Optional.of("Today's limit of this server is reached. Come back tomorrow.")
                : Optional.empty();
    }

    /** Keeps the sum of the day. */
    void save() {
        budget.save();
    }

    private Spent spent(Usage usage) {
        long tokens = (long) usage.inputSpeech() + usage.inputText() + usage.outputSpeech()
                + usage.outputText();
        return new Spent(tokens, limits.price().applyAsDouble(usage));
    }

    private static Usage plus(Usage a, Usage b) {
        return new Usage(a.inputSpeech() + b.inputSpeech(), a.inputText() + b.inputText(),
                a.outputSpeech() + b.outputSpeech(), a.outputText() + b.outputText());
    }

    private static boolean over(Spent spent, long mostTokens, Optional<Double> mostCost) {
        return (mostTokens > 0 && spent.tokens() >= mostTokens)
                || (mostCost.isPresent() && spent.cost() >= mostCost.get());
    }
}
