package dev.parley.calls.visitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.voice.StreamSettings.Inference;
import dev.parley.voice.StreamSettings.Sensitivity;
import dev.parley.voice.contract.BrowserCommand;
import dev.parley.voice.contract.ResumeRequest;
import dev.parley.voice.contract.SessionConfig;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tests what a browser may choose, and what is fixed for it. */
class ChoicesTest {

    private static final Inference STANDARD = new Inference(1_024, 0.9, 0.7);
    private static final SessionConfig WISHES = new SessionConfig(new Inference(9_000, 0.1, 0.2),
            Sensitivity.HIGH, List.of("time", "weather"), "dentist", SessionConfig.AudioFormat.BINARY, true,
            false);

    @Test
    void nothingIsLeftOutWhereEverythingIsAllowed() {
        assertThat(Choices.all(STANDARD).allowed(WISHES)).isEqualTo(WISHES);
    }

    @Test
    void everythingIsLeftOutWhereNothingIsAllowed() {
        var choices = may();

        assertThat(choices.allowed(WISHES)).isEqualTo(new SessionConfig(null, Sensitivity.HIGH, null, null,
                SessionConfig.AudioFormat.BINARY, true, false));
        assertThat(choices.allowed(new BrowserCommand.SystemPrompt("Be rude.", "slt")))
                .isEqualTo(new BrowserCommand.SystemPrompt(null, null));
        assertThat(choices.allowed(new BrowserCommand.PromptStart("slt", 24_000)))
                .isEqualTo(new BrowserCommand.PromptStart(null, 24_000));
        assertThat(choices.allowed(new BrowserCommand.Voice("slt")))
                .isEqualTo(new BrowserCommand.Unknown("voiceConfig"));
        var resume = new ResumeRequest("t", 3L);
        assertThat(choices.allowed(new BrowserCommand.Initialize(WISHES, resume)))
                .isEqualTo(new BrowserCommand.Initialize(choices.allowed(WISHES), resume));
        assertThat(choices.allowed(new BrowserCommand.NewChat(WISHES)))
                .isEqualTo(new BrowserCommand.NewChat(choices.allowed(WISHES)));
    }

    @Test
    void eachChoiceIsAllowedByItself() {
        assertThat(may(Choice.PERSONA).allowed(WISHES).persona()).isEqualTo("dentist");
        assertThat(may(Choice.TOOLS).allowed(WISHES).enabledTools()).containsExactly("time", "weather");
        assertThat(may(Choice.MAX_TOKENS).allowed(WISHES).inference())
                .isEqualTo(new Inference(9_000, 0.9, 0.7));
        assertThat(may(Choice.TEMPERATURE).allowed(WISHES).inference())
                .isEqualTo(new Inference(1_024, 0.1, 0.2));
        assertThat(may(Choice.PROMPT).allowed(new BrowserCommand.SystemPrompt("Be kind.", "slt")))
                .isEqualTo(new BrowserCommand.SystemPrompt("Be kind.", null));
        assertThat(may(Choice.VOICE).allowed(new BrowserCommand.Voice("slt")))
                .isEqualTo(new BrowserCommand.Voice("slt"));
    }

    @Test
    void grantReplacesTheWishesOfTheBrowser() {
        var choices = Choices.fixed(
                new Grant(Optional.of("tutor"), Optional.of("awb"), Optional.of(List.of("time", "timer"))),
                STANDARD);

        assertThat(choices.allowed(WISHES)).isEqualTo(new SessionConfig(null, Sensitivity.HIGH,
                List.of("time"), "tutor", SessionConfig.AudioFormat.BINARY, true, false));
        assertThat(choices.allowed(SessionConfig.empty()).enabledTools()).containsExactly("time", "timer");
        assertThat(choices.allowed(new BrowserCommand.SystemPrompt("Be rude.", "slt")))
                .isEqualTo(new BrowserCommand.SystemPrompt(null, "awb"));
        assertThat(choices.allowed(new BrowserCommand.PromptStart(null, null)))
                .isEqualTo(new BrowserCommand.PromptStart("awb", null));
    }

    @Test
    void emptyGrantFixesTheServersDefaults() {
        var choices = Choices.fixed(Grant.NOTHING, STANDARD);

        assertThat(choices.allowed(WISHES).persona()).isNull();
        assertThat(choices.allowed(WISHES).enabledTools()).isNull();
        assertThat(choices.allowed(new BrowserCommand.Text("hello")))
                .isEqualTo(new BrowserCommand.Text("hello"));
    }

    private static Choices may(Choice... choices) {
        return new Choices(() -> Set.of(choices), Grant.NOTHING, false, STANDARD);
    }
}
