package dev.parley.app.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.app.call.CallListener.Tokens;
import dev.parley.voice.ModelEvent.Failed;
import dev.parley.voice.ModelEvent.Usage;
import dev.parley.voice.conversation.ConversationEvent;
import dev.parley.voice.conversation.ConversationEvent.StreamEnded;
import dev.parley.voice.conversation.ConversationEvent.StreamOpened;
import dev.parley.voice.conversation.ConversationEvent.TokensCounted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CallMeterTest {
    private final List<Integer> counted = new ArrayList<>();
    private final CallMeter meter = new CallMeter(new CallListener() {
        @Override
        public void used(Tokens tokens) {
            counted.add(tokens.inputSpeech());
        }
    });

    @Test
    void totalReportedAfterTheEndCountsItsDifferenceOnly() {
        feed(new StreamOpened(1, false), total(1, 100),
                new StreamEnded(1, Optional.of(Failed.Kind.RECOVERABLE)), total(1, 110));
        assertThat(counted).containsExactly(100, 10);
    }

    @Test
    void totalOfThePreviousStreamCountsItsDifferenceOnly() {
        feed(new StreamOpened(1, false), total(1, 100), new StreamOpened(2, true), total(2, 5),
                total(1, 103));
        assertThat(counted).containsExactly(100, 5, 3);
    }

    @Test
    void totalOfAnOlderStreamIsIgnored() {
        feed(new StreamOpened(1, false), total(1, 100), new StreamOpened(2, true), new StreamOpened(3, true),
                total(1, 103));
        assertThat(counted).containsExactly(100);
    }

    private void feed(ConversationEvent... events) {
        for (ConversationEvent event : events) {
            meter.on(event, Instant.EPOCH);
        }
    }

    private static ConversationEvent total(int stream, int inputSpeech) {
        return new TokensCounted(stream, new Usage(inputSpeech, 0, 0, 0));
    }
}
