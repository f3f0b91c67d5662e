package dev.parley.speech.synthesis.normal;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Amounts of money: $5.50, £3, €1,200.99, $1.2 million, 20 EUR. */
final class MoneyRules {

    private record Currency(String one, String many, String cent, String cents) {}

    private static final Currency DOLLAR = new Currency("dollar", "dollars", "cent", "cents");
    private static final Currency EURO = new Currency("euro", "euros", "cent", "cents");
    private static final Currency POUND = new Currency("pound", "pounds", "penny", "pence");
    private static final Currency YEN = new Currency("yen", "yen", "", "");
    private static final Currency RUPEE = new Currency("rupee", "rupees", "paisa", "paise");
    private static final Currency FRANC = new Currency("franc", "francs", "centime", "centimes");
    private static final Currency WON = new Currency("won", "won", "", "");
    private static final Map<String, Currency> CURRENCIES = Map.ofEntries(Map.entry("$", DOLLAR),
            Map.entry("US$", DOLLAR), Map.entry("USD", DOLLAR), Map.entry("\u20ac", EURO),
            Map.entry("EUR", EURO), Map.entry("\u00a3", POUND), Map.entry("GBP", POUND),
            Map.entry("\u00a5", YEN), Map.entry("JPY", YEN), Map.entry("\u20b9", RUPEE),
            Map.entry("INR", RUPEE), Map.entry("CHF", FRANC), Map.entry("\u20a9", WON));
    private static final Map<String, String> SCALES = Map.of("k", "thousand", "m", "million", "mn", "million",
            "b", "billion", "bn", "billion", "t", "trillion", "tn", "trillion");
    private static final String NUMBER = "(?<n>\\d{1,3}(?:,\\d{3}){1,6}(?:\\.\\d{1,9})?|\\d{1,30}(?:\\.\\d{1,9})?)(?![\\d]|[.,]\\d)";
    private static final String SCALE = "(?:[ -](?<scale>hundred|thousand|million|billion|trillion)(?!\\p{L})|(?<short>[kKmMbBtT]n?)(?![\\p{L}\\d]))?";
    private static final String SIGN = "(?<minus>[-\u2212])?(?<sign>US\\$|[$\u20ac\u00a3\u00a5\u20b9\u20a9]|(?:USD|EUR|GBP|JPY|INR|CHF)(?=\\d| \\d)) ?";

    static final List<Rule> RULES = List.of(
            Rule.of(SIGN + "(?<from>\\d{1,9}(?:\\.\\d{1,4})?) ?[-\u2013\u2014] ?[$\u20ac\u00a3\u00a5]?"
                    + NUMBER + SCALE, form -> NumberNames.number(form.get("from")) + " to " + amount(form)),
            Rule.of(SIGN + NUMBER + SCALE, form -> (form.has("minus") ? "minus " : "") + amount(form)),
            Rule.of(NUMBER + SCALE
                    + " ?(?<sign>[$\u20ac\u00a3\u00a5\u20b9]|(?:USD|EUR|GBP|JPY|INR|CHF)(?![\\p{L}\\d]))",
                    MoneyRules::amount),
            Rule.of("(?<n>\\d{1,9}) ?\u00a2", form -> NumberNames.whole(form.get("n"))
                    + (form.get("n").equals("1") ? " cent" : " cents")));

    private MoneyRules() {}

    private static String amount(Rule.Form form) {
        var currency = CURRENCIES.getOrDefault(form.get("sign"), DOLLAR);
        var number = form.get("n").replace(",", "");
        var scale = form.has("short") ? SCALES.getOrDefault(form.get("short").toLowerCase(Locale.ROOT), "")
                : form.get("scale");
        if (!scale.isEmpty()) {
            return NumberNames.number(number) + " " + scale + " " + currency.many();
        }
        int dot = number.indexOf('.');
        var decimals = dot < 0 ? "" : number.substring(dot + 1);
        if (decimals.length() > 2 || currency.cent().isEmpty()) {
            return NumberNames.number(number) + " " + currency.many();
        }
        var whole = dot < 0 ? number : number.substring(0, dot);
        int cents = decimals.isEmpty() ? 0 : Integer.parseInt(decimals) * (decimals.length() == 1 ? 10 : 1);
        var change = cents == 0 ? ""
                : NumberNames.whole(cents) + " " + (cents == 1 ? currency.cent() : currency.cents());
        if (whole.equals("0") && cents > 0) {
            return change;
        }
        var main = NumberNames.whole(whole) + " " + (whole.equals("1") ? currency.one() : currency.many());
        return cents == 0 ? main : main + " and " + change;
    }
}
