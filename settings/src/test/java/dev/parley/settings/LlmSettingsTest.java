package dev.parley.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LlmSettingsTest {

    private static final String PLAIN = "http://llm.example.com/v1#small";
    private static final String TLS = "https://llm.example.com/v1#small";

    @TempDir
    Path folder;

    @Test
    void withoutASettingThereIsNone() {
        assertThat(read().model().llm()).isEmpty();
    }

    @Test
    void modelOnThisMachineNeedsNoKeyAndIsShown() {
        LlmSettings llm = read("llm", "ollama:llama3.2:3b").model().llm().orElseThrow();

        assertThat(llm.address().model()).isEqualTo("llama3.2:3b");
        assertThat(llm.key()).isEmpty();
        assertThat(llm.window()).isEqualTo(8_000);
        assertThat(llm.show()).isTrue();
        assertThat(llm.isPaid()).isFalse();
    }

    @Test
    void modelElsewhereIsShownOnRequestOnly() {
        assertThat(read("llm", TLS).model().llm().orElseThrow().show()).isFalse();
        assertThat(read("llm", TLS).model().llm().orElseThrow().isPaid()).isTrue();
        assertThat(read("llm", TLS, "show-model", "yes").model().llm().orElseThrow().show()).isTrue();
        assertThat(read("llm", "ollama:m", "show-model", "no").model().llm().orElseThrow().show()).isFalse();
    }

    @Test
    void keyComesFromTheEnvironmentOrAFile() throws IOException {
        var environment = Map.of("PARLEY_LLM", TLS, "PARLEY_LLM_KEY", "sk-1");
        assertThat(Settings.read(Map.of(), environment).model().llm().orElseThrow().key()).isEqualTo("sk-1");

        Path file = Files.writeString(folder.resolve("key"), "sk-2\n");
        var llm = read("llm", TLS, "llm-key-file", file.toString()).model().llm().orElseThrow();
        assertThat(llm.key()).isEqualTo("sk-2");
        assertThat(llm.toString()).doesNotContain("sk-2").contains("llm.example.com");
    }

    @Test
    void rulesComeFromAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("rules"), "Rhyme.");

        assertThat(read("llm", "ollama:m", "llm-rules-file", file.toString()).model()
                .llm()
                .orElseThrow()
                .rules()).contains("Rhyme.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            llama3 | llm: "llama3" is not ollama:MODEL, openai:MODEL or URL#MODEL
            ollama: | llm: "ollama:" is not ollama:MODEL
            https://llm.example.com/v1 | llm: "https://llm.example.com/v1" is not
            openai:gpt | llm openai:gpt needs a key: set PARLEY_LLM_KEY or PARLEY_LLM_KEY_FILE
            """)
    void addressThatCannotWorkIsRefusedInOneSentence(String llm, String sentence) {
        assertThatThrownBy(() -> read("llm", llm)).isInstanceOf(SettingsException.class)
                .hasMessageStartingWith(sentence);
    }

    @Test
    void keyIsNotSentOverPlainHttp() {
        assertThatThrownBy(() -> read("llm", PLAIN, "llm-key", "sk-narwhal"))
                .isInstanceOf(SettingsException.class)
                .hasMessage(
                        "llm-key is not sent to llm.example.com over plain HTTP: use an https address in llm, or remove the key");
        assertThat(read("llm", PLAIN).model().llm()).isPresent();
        assertThat(read("llm", "http://127.0.0.1:1/v1#m", "llm-key", "sk-1").model().llm()).isPresent();
    }

    @Test
    void keyWithALineBreakIsRefusedWithoutShowingIt() {
        assertThatThrownBy(() -> read("llm", TLS, "llm-key", "sk-nar\nwhal"))
                .isInstanceOf(SettingsException.class)
                .hasMessageNotContaining("whal");
    }

    @Test
    void novaSonicRepliesItself() {
        assertThatThrownBy(() -> read("llm", "ollama:m", "model", "nova-sonic"))
                .isInstanceOf(SettingsException.class)
                .hasMessage("llm is set, but model is nova-sonic, which replies itself: remove one of them");
        assertThat(read("llm", "ollama:m", "model", "local").model().llm()).isPresent();
    }

    @Test
    void pricesOfTheModelAreThoseOfText() {
        var money = read("llm", TLS, "llm-prices", "0.5,1.5", "max-cost-per-day", "3").money();

        assertThat(money.prices().dollars(1_000, 1_000, 1_000, 1_000)).isEqualTo(2);
        assertThatThrownBy(() -> read("llm-prices", "1,1", "token-prices", "1,1,1,1"))
                .hasMessage("token-prices and llm-prices are both set: choose one");
        assertThatThrownBy(() -> read("llm-prices", "1")).hasMessageContaining("two prices like");
    }

    private static Settings read(String... pairs) {
        var flags = new HashMap<String, String>();
        for (int i = 0; i < pairs.length; i += 2) {
            flags.put(pairs[i], pairs[i + 1]);
        }
        return Settings.read(flags, Map.of());
    }
}
