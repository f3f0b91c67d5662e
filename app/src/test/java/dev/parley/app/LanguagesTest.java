package dev.parley.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.settings.Settings;
import dev.parley.voice.ModelCommand;
import dev.parley.voice.ModelEvent;
import dev.parley.voice.ModelStream;
import dev.parley.voice.SpeechModel;
import dev.parley.voice.StreamSettings;
import dev.parley.voice.StreamSettings.Inference;
import dev.parley.voice.StreamSettings.Sensitivity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the restriction of a model to some languages. */
class LanguagesTest {

    private final Polyglot model = new Polyglot();

    @ParameterizedTest
    @CsvSource({"en-US,tiffany", "en-GB,amy", "en,tiffany", "de,tina", "de-AT,tina", "DE-de,tina",
            "hi,kiara"})
    void firstLanguageSelectsTheVoice(String language, String voice) {
        SpeechModel speaking = Languages.of(List.of(language), model);

        assertThat(speaking.voices()).hasSameElementsAs(model.voices());
        assertThat(speaking.voices().getFirst().id()).isEqualTo(voice);
    }

    @Test
    void everyPromptEndsWithTheLanguageInstruction() {
        assertThat(promptOf("de")).isEqualTo("Be brief.\n\nSpeak German, whatever language the user speaks.");
        assertThat(promptOf("de", "en-GB"))
                .isEqualTo("Be brief.\n\nSpeak German. When the user speaks another "
                        + "of these languages, answer in that one: German, English (United Kingdom).");
    }

    @Test
    void takesTextIsThatOfTheModel() {
        assertThat(Languages.of(List.of("de"), model).takesText()).isFalse();
    }

    @Test
    void unknownLanguageIsRejectedWithTheKnownOnes() {
        assertThatThrownBy(() -> Languages.of(List.of("de", "ja"), model)).isInstanceOf(StartException.class)
                .hasMessage(
                        "languages: the model does not speak Japanese (ja); it speaks en-US, en-GB, en-IN, "
                                + "de-DE, hi-IN");
    }

    @Test
    void modelIsUnchangedWithoutTheSetting() {
        assertThat(Languages.of(Settings.read(Map.of(), Map.of()).talk().languages(), model)).isSameAs(model);
        assertThat(Settings.read(Map.of("languages", "de, en-GB"), Map.of()).talk().languages())
                .containsExactly("de", "en-GB");
        assertThatThrownBy(() -> Settings.read(Map.of("languages", "German"), Map.of()))
                .hasMessageContaining("is not a list of at most 10 languages like de or en-GB");
    }

    private String promptOf(String... languages) {
        ModelStream stream = Languages.of(List.of(languages), model)
                .open(new StreamSettings("tina", Inference.defaults(), Sensitivity.MEDIUM, List.of()),
                        event -> {});
        stream.send(new ModelCommand.SystemPrompt("Be brief."));
        stream.send(new ModelCommand.Text("Hello."));
        assertThat(model.told).last().isEqualTo(new ModelCommand.Text("Hello."));
        return ((ModelCommand.SystemPrompt) model.told.get(model.told.size() - 2)).text();
    }

    private static final class Polyglot implements SpeechModel {
        private final List<ModelCommand> told = new ArrayList<>();

        @Override
        public String name() {
            return "polyglot";
        }

        @Override
        public List<Voice> voices() {
            return List.of(new Voice("tiffany", "Tiffany", "en-US"), new Voice("amy", "Amy", "en-GB"),
                    new Voice("kiara", "Kiara", "en-IN"), new Voice("tina", "Tina", "de-DE"));
        }

        @Override
        public List<String> languages() {
            return List.of("en-US", "en-GB", "en-IN", "de-DE", "hi-IN");
        }

        @Override
        public boolean takesText() {
            return false;
        }

        @Override
        public ModelStream open(StreamSettings settings, Consumer<ModelEvent> events) {
            return told::add;
        }

        @Override
        public void close() {}
    }
}
