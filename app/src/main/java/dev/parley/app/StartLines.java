package dev.parley.app;

import dev.parley.settings.Access;
import dev.parley.settings.Settings;
import dev.parley.settings.TokenPrices;
import java.util.List;
import java.util.Locale;

/** The lines that {@code parley serve} prints once the model is chosen: who may connect, which model answers, and the maximum cost of a day. */
final class StartLines {

    private StartLines() {}

    /**
     * Returns the three lines.
     *
     * @param paid whether the model costs money
     * @param why  the model, or the reason for its choice
     */
    static List<String> of(Settings settings, boolean paid, String why) {
        return List.of("Who may connect: " + who(settings.access()),
                "Which model answers: " + (paid ? "Amazon Nova Sonic, " : "the embedded one: ") + why,
                "What a day may cost: "
                        + (paid ? cost(settings.money()) : "nothing, the embedded model is free"));
    }

    private static String who(Access access) {
        String from = access.isLocal() ? "programs of this machine only"
                : "everybody who reaches this server";
        return switch (access.mode()) {
            case NONE -> from + ", without a login";
            case PASSWORD -> from + ", with the password of the page";
            case TOKEN -> from + ", with an access token";
            case JWT -> from + ", with a JSON Web Token";
            case PROXY -> from + ", as a user whom the proxy names";
        };
    }

    private static String cost(Settings.Money money) {
        String dollars = money.costPerDay().map(limit -> dollars(limit)).orElse("");
        if (money.tokensPerDay() == 0) {
            return dollars.isEmpty() ? "no limit; set --max-tokens-per-day or --max-cost-per-day"
                    : "at most " + dollars;
        }
        String tokens = "at most " + money.tokensPerDay() + " tokens";
        if (!dollars.isEmpty()) {
            return tokens + ", and at most " + dollars;
        }
        return money.prices().equals(TokenPrices.FREE) ? tokens + " (set --token-prices to see it in money)"
                : tokens + ", which cost at most " + dollars(money.prices().most(money.tokensPerDay()));
    }

    private static String dollars(double amount) {
        return String.format(Locale.ROOT, "$%.2f", amount);
    }
}
