package dev.parley.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.FakeModel;
import dev.parley.voice.ModelEvent;
import dev.parley.voice.ModelEvent.Failed;
import dev.parley.voice.ModelEvent.Usage;
import dev.parley.voice.contract.BrowserCommand;
import dev.parley.voice.conversation.Conversation;
import dev.parley.voice.conversation.ConversationEvent;
import dev.parley.voice.conversation.ConversationEvent.StreamEnded;
import dev.parley.voice.conversation.ConversationEvent.StreamOpened;
import dev.parley.voice.conversation.ConversationEvent.TokensCounted;
import dev.parley.voice.conversation.ConversationOptions;
import dev.parley.voice.conversation.Effect;
import dev.parley.voice.conversation.Input;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CallMeterTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final RecordingListener listener = new RecordingListener();
    private final CallMeter meter = new CallMeter(listener);
    private final Conversation conversation = new Conversation("s",
            ConversationOptions.defaults(new FakeModel().voices(), List.of()));

    @Test
    void totalReportedAfterTheEndCountsItsDifferenceOnly() {
        tell(new StreamOpened(1, false), total(1, 100),
                new StreamEnded(1, Optional.of(Failed.Kind.RECOVERABLE)), total(1, 110));
        assertThat(listener.events).containsExactly("opened", "used 100 0 0 0", "failed recoverable",
                "used 10 0 0 0");
    }

    @Test
    void totalOfThePreviousStreamCountsItsDifferenceOnly() {
        tell(new StreamOpened(1, false), total(1, 100), new StreamOpened(2, true), total(2, 5),
                total(1, 103));
        assertThat(listener.events).containsExactly("opened", "used 100 0 0 0", "restarted", "used 5 0 0 0",
                "used 3 0 0 0");
    }

    @Test
    void totalOfAnOlderStreamIsIgnored() {
        tell(new StreamOpened(1, false), total(1, 100), new StreamOpened(2, true), new StreamOpened(3, true),
                total(1, 103));
        assertThat(listener.events).containsExactly("opened", "used 100 0 0 0", "restarted", "restarted");
    }

    @Test
    void answerIsTimedFromTheLastLoudSound() {
        open(START);
        feed(audio(loud()), START.plusMillis(1_000));
        feed(audio(new byte[1024]), START.plusMillis(1_300));
        feed(model(1, new ModelEvent.UserText("u", "hello")), START.plusMillis(1_500));
        feed(audio(loud()), START.plusMillis(1_550));
        feed(model(1, new ModelEvent.Audio("a", new byte[2])), START.plusMillis(1_600));

        assertThat(listener.events).containsExactly("opened", "model began 1500", "turn", "answered 600");
    }

    @Test
    void onlyTheFirstSoundOfAnAnswerIsTimed() {
        open(START);
        feed(audio(loud()), START);
        feed(model(1, new ModelEvent.UserText("u1", "hello")), START.plusMillis(100));
        feed(model(1, new ModelEvent.UserText("u2", "again")), START.plusMillis(150));
        feed(model(1, new ModelEvent.Audio("a", new byte[2])), START.plusMillis(200));
        feed(model(1, new ModelEvent.Audio("a", new byte[2])), START.plusMillis(300));
        feed(model(1, new ModelEvent.Interrupted()), START.plusMillis(400));

        assertThat(listener.events).containsExactly("opened", "model began 100", "turn", "answered 200",
                "barged in");
    }

    @Test
    void answerToTypedTextIsNotTimed() {
        open(START);
        feed(audio(loud()), START);
        feed(new Input.FromBrowser(new BrowserCommand.Text("typed")), START.plusMillis(100));
        feed(model(1, new ModelEvent.Audio("a", new byte[2])), START.plusMillis(200));

        assertThat(listener.events).containsExactly("opened", "turn", "model began 200");
    }

    @Test
    void streamsThatTheModelReplacesAreRenewedOrRestarted() {
        open(START);
        feed(model(1, new ModelEvent.Moved(false)), START);
        feed(model(1, new ModelEvent.Moved(true)), START);
        feed(model(1, new ModelEvent.Moved(true)), START);

        assertThat(listener.events).filteredOn(event -> !event.startsWith("model began"))
                .containsExactly("opened", "renewed", "restarted", "restarted");
    }

    @Test
    void streamAfterAFailureIsRestartedAfterAnEndOpened() {
        open(START);
        feed(model(1, new ModelEvent.Failed(Failed.Kind.RECOVERABLE, "gone")), START);
        open(START);
        feed(model(2, new ModelEvent.Ended()), START);
        open(START);

        assertThat(listener.events).filteredOn(event -> !event.startsWith("model began"))
                .containsExactly("opened", "failed recoverable", "restarted", "opened");
    }

    @Test
    void tokensOfEachStreamAreCountedOnce() {
        open(START);
        feed(model(1, new ModelEvent.Usage(1_000, 0, 0, 0)), START);
        feed(model(1, new ModelEvent.Usage(2_000, 100, 10, 1)), START);
        feed(model(1, new ModelEvent.Ended()), START);
        open(START);
        feed(model(2, new ModelEvent.Usage(500, 0, 0, 0)), START);

        assertThat(listener.events).filteredOn(event -> event.startsWith("used"))
                .containsExactly("used 1000 0 0 0", "used 1000 100 10 1", "used 500 0 0 0");
    }

    private static byte[] loud() {
        byte[] pcm = new byte[1024];
        for (int i = 1; i < pcm.length; i += 2) {
            pcm[i] = (byte) (i % 4 == 1 ? 8 : -8);
        }
        return pcm;
    }

    private static Input audio(byte[] pcm) {
        return new Input.FromBrowser(new BrowserCommand.Audio(pcm));
    }

    private static Input model(int stream, ModelEvent event) {
        return new Input.FromModel(stream, event);
    }

    private void open(Instant now) {
        feed(new Input.FromBrowser(new BrowserCommand.AudioStart()), now);
    }

    /** As a call does. */
    private void feed(Input input, Instant now) {
        if (input instanceof Input.FromBrowser(BrowserCommand.Audio(var pcm), var _wantsAck)) {
            meter.heard(pcm, now);
        }
        for (Effect effect : conversation.on(input, now)) {
            if (effect instanceof Effect.Tell(var event)) {
                meter.on(event, now);
            }
        }
    }

    private void tell(ConversationEvent... events) {
        for (ConversationEvent event : events) {
            meter.on(event, Instant.EPOCH);
        }
    }

    private static ConversationEvent total(int stream, int inputSpeech) {
        return new TokensCounted(stream, new Usage(inputSpeech, 0, 0, 0));
    }
}
