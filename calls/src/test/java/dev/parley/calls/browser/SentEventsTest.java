package dev.parley.calls.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.calls.browser.SentEvents.Sent;
import dev.parley.voice.contract.EncodedEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

class SentEventsTest {

    private final SentEvents sent = new SentEvents();

    @Test
    void missedEventsAreReturnedInOrder() {
        sent.add(new EncodedEvent("textOutput", "one", List.of()));
        sent.add(new EncodedEvent("audioOutput", "two", List.of()));
        sent.add(new EncodedEvent("textOutput", "three", List.of()));
        sent.add(new EncodedEvent("audioOutput", "four", List.of()));

        assertThat(sent.after(1L)).extracting(kept -> kept.event().json())
                .containsExactly("two", "three", "four");
        assertThat(sent.after(4L)).isEmpty();
        assertThat(sent.after(99L)).isEmpty();
        assertThat(sent.count()).isEqualTo(4);
    }

    @Test
    void reopenedPageReceivesTheTranscriptOnly() {
        for (String event : List.of("state", "contentStart", "textOutput", "audioOutput", "contentEnd",
                "toolUse", "turnSuperseded", "usageEvent", "error", "sessionClosed")) {
            sent.add(new EncodedEvent(event, event, List.of()));
        }

        assertThat(sent.after(null)).extracting(kept -> kept.event().name())
                .containsExactly("contentStart", "textOutput", "contentEnd", "toolUse", "turnSuperseded");
    }

    @Test
    void typedTextIsForReopenedPagesOnly() {
        sent.add(new EncodedEvent("textOutput", "hello", List.of()));
        sent.typed("say \"hi\"");
        sent.add(new EncodedEvent("textOutput", "hi", List.of()));

        assertThat(sent.after(null)).extracting(kept -> kept.event().json())
                .containsExactly("hello", "[\"textInput\",{\"content\":\"say \\\"hi\\\"\"}]", "hi");
        assertThat(sent.after(0L)).extracting(kept -> kept.event().json()).containsExactly("hello", "hi");
        assertThat(sent.count()).isEqualTo(2);
    }

    @Test
    void speechNeverDisplacesText() {
        sent.add(new EncodedEvent("textOutput", "said", List.of()));
        byte[] piece = new byte[SentEvents.SPEECH_BYTES / 4];
        for (int i = 0; i < 6; i++) {
            sent.add(new EncodedEvent("audioOutput", "", List.of(piece)));
        }

        assertThat(sent.after(0L)).extracting(Sent::number).containsExactly(1L, 4L, 5L, 6L, 7L);
    }

    @Test
    void keepsTheLatestText() {
        String text = "x".repeat(SentEvents.OTHER_BYTES / 2);
        for (int i = 0; i < 3; i++) {
            sent.add(new EncodedEvent("textOutput", text, List.of()));
        }

        assertThat(sent.after(0L)).extracting(Sent::number).containsExactly(2L, 3L);
    }
}
