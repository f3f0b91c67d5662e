package dev.parley.settings;

import dev.parley.cascade.LlmAddress;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The settings of a language model between the embedded recogniser and voice. The compact constructor refuses combinations that would leak a
 * key or cannot work, each in one sentence.
 *
 * @param address the model and where it is
 * @param key     the key, or ""
 * @param rules   a file with instructions for a voice, in place of the built-in ones
 * @param window  how much of a conversation a request carries, in tokens
 * @param show    whether model and host are shown to everybody
 */
public record LlmSettings(LlmAddress address, String key, Optional<String> rules, int window, boolean show) {

    static final Setting<Optional<LlmAddress>> LLM = Setting.of("llm",
            new ValueType<>("MODEL", LlmAddress.WANTED,
                    text -> text.isEmpty() ? Optional.empty() : Optional.of(LlmAddress.parse(text))),
            "",
            "A language model that replies, between the embedded recogniser and voice: ollama:MODEL, openai:MODEL, or URL#MODEL for any OpenAI-compatible service.");
    static final Setting<Optional<String>> KEY = Setting.secret("llm-key",
            ValueType.optionalText("KEY", 1_000), "",
            "The key for the language model's service. It is sent to its address only, over TLS or within this machine.");
    static final Setting<Optional<Path>> KEY_FILE = Setting.of("llm-key-file", ValueType.optionalFile(), "",
            "A file with the key for the language model's service.");
    static final Setting<TokenPrices> PRICES = Setting.of("llm-prices",
            new ValueType<>("PRICES", "two prices like 0.00015,0.0006", TokenPrices::parseText), "",
            "Dollars for a thousand tokens of input and of output of the language model, to calculate costs.");
    static final Setting<Integer> WINDOW = Setting.of("llm-window", ValueType.number(500, 1_000_000), "8000",
            "How much of a conversation a request to the language model carries, in tokens; older parts are summarised.");
    static final Setting<Optional<Path>> RULES_FILE = Setting.of("llm-rules-file", ValueType.optionalFile(),
            "",
            "A file with instructions for the language model about speaking, in place of the built-in ones.");
    static final Setting<ShowModel> SHOW = Setting.of("show-model", ValueType.oneOf(ShowModel.class), "auto",
            "Whether everybody may see the language model's name and host; auto shows them if the model is on this machine.");

    /** AUTO is YES for a model on this machine. */
    enum ShowModel {
        AUTO,
        YES,
        NO
    }

    public LlmSettings {
        if (!key.isEmpty() && !address.isSafeForKey()) {
            throw new SettingsException("llm-key is not sent to " + address.host()
                    + " over plain HTTP: use an https address in llm, or remove the key");
        }
        if (key.isEmpty() && address.needsKey()) {
            throw new SettingsException("llm openai:" + address.model()
                    + " needs a key: set PARLEY_LLM_KEY or PARLEY_LLM_KEY_FILE");
        }
        if (!key.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new SettingsException(
                    "llm-key has characters that no key has, such as a space or a line break");
        }
    }

    /** Returns the settings, if a language model is set. */
    static Optional<LlmSettings> read(Sources values) {
        return values.get(LLM).map(address -> {
            ShowModel show = values.get(SHOW);
            return new LlmSettings(address, values.llmKey(), values.get(RULES_FILE).map(values::rules),
                    values.get(WINDOW),
                    show == ShowModel.YES || (show == ShowModel.AUTO && address.isLoopback()));
        });
    }

    /** Returns whether conversations cost money, as far as is known: the model is not on this machine. */
    public boolean isPaid() {
        return !address.isLoopback();
    }

    /** Contains no key. */
    @Override
    public String toString() {
        return "LlmSettings[" + address.model() + " at " + address.host() + "]";
    }
}
