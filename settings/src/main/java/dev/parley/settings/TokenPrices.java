package dev.parley.settings;

/** The prices of a model's tokens, in dollars for a thousand. */
public record TokenPrices(double inputSpeech, double inputText, double outputSpeech, double outputText) {

    /** All prices are zero, as with the embedded model. */
    public static final TokenPrices FREE = new TokenPrices(0, 0, 0, 0);

    /** Returns the cost of these tokens, in dollars. */
    public double dollars(long inSpeech, long inText, long outSpeech, long outText) {
        return (inSpeech * inputSpeech + inText * inputText + outSpeech * outputSpeech + outText * outputText)
                / 1_000;
    }

    /** Returns the cost of so many tokens of the dearest kind, in dollars. */
    public double most(long tokens) {
        return tokens * Math.max(Math.max(inputSpeech, inputText), Math.max(outputSpeech, outputText))
                / 1_000;
    }

    static TokenPrices parse(String text) {
        if (text.isEmpty()) {
            return FREE;
        }
        String[] prices = text.split(",", -1);
        if (prices.length != 4) {
            throw new IllegalArgumentException();
        }
        return new TokenPrices(price(prices[0]), price(prices[1]), price(prices[2]), price(prices[3]));
    }

    /** Reads the prices of a model that knows no speech: input and output. */
    static TokenPrices parseText(String text) {
        if (text.isEmpty()) {
            return FREE;
        }
        String[] prices = text.split(",", -1);
        if (prices.length != 2) {
            throw new IllegalArgumentException();
        }
        return new TokenPrices(0, price(prices[0]), 0, price(prices[1]));
    }

    private static double price(String text) {
        if (!text.strip().matches("[0-9]{1,4}(\\.[0-9]{1,9})?")) {
            throw new IllegalArgumentException();
        }
        return Double.parseDouble(text.strip());
    }
}
