package dev.parley.voice.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.voice.StreamSettings.Inference;
import dev.parley.voice.StreamSettings.ToolSpec;
import dev.parley.voice.language.GenerationFailure.Kind;
import dev.parley.voice.language.Prompt.Message;
import dev.parley.voice.language.Prompt.ToolUse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PromptTest {

    private final Prompt prompt = new Prompt("12345",
            List.of(new Message.User("123"),
                    new Message.Assistant("1", List.of(new ToolUse("id", "find", "{}"))),
                    new Message.ToolResult("id", "find", "1234")),
            List.of(new ToolSpec("find", "12", "{\"a\":1}")), Inference.defaults());

    @Test
    void lengthIsThatOfAllTexts() {
        assertThat(prompt.characters()).isEqualTo(5 + 3 + 1 + 2 + 4 + 2 + 7);
    }

    @Test
    void privateTextIsNotPrinted() {
        assertThat(prompt).hasToString("Prompt[3 messages, 1 tools]");
    }

    @ParameterizedTest
    @EnumSource(names = {"KEY", "MODEL", "REQUEST", "REDIRECTED", "ENDLESS"})
    void faultThatWouldRepeatItselfIsNotRetried(Kind kind) {
        assertThat(GenerationFailure.of(kind).retryable()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = {"KEY", "MODEL", "REQUEST", "REDIRECTED", "ENDLESS"})
    void otherFaultsAreRetried(Kind kind) {
        assertThat(GenerationFailure.of(kind).retryable()).isTrue();
    }

    @Test
    void usageIsKnownWithBothNumbers() {
        assertThat(GenerationEvent.Usage.UNKNOWN.known()).isFalse();
        assertThat(new GenerationEvent.Usage(0, 0).known()).isTrue();
    }
}
