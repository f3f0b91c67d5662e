package dev.parley.calls;

import dev.parley.calls.CallListener.Failure;
import dev.parley.calls.CallListener.Tokens;
import dev.parley.voice.ModelEvent.Usage;
import dev.parley.voice.conversation.ConversationEvent;
import dev.parley.voice.conversation.ConversationEvent.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reports the events of one conversation to a {@link CallListener}, with the times between them. Belongs to the call's owner. Remembers the
 * token counts of the last two streams, since a stream may report its total after its end.
 */
final class CallMeter implements CallSubscriber {

    /** Mean magnitude of 16-bit samples from which sound counts as loud: quiet speech is above, a quiet room below. */
    private static final int LOUD = 400;

    private final CallListener listener;
    private final Map<Integer, Usage> used = new HashMap<>();
    private int newest;
    private Instant opened = Instant.MIN;
    private @Nullable Instant lastLoud;
    private @Nullable Instant speechEnd;

    CallMeter(CallListener listener) {
        this.listener = listener;
    }

    @Override
    public void heard(byte[] pcm, Instant now) {
        if (isLoud(pcm)) {
            lastLoud = now;
        }
    }

    @Override
    public void on(ConversationEvent event, Instant now) {
        switch (event) {
            case ConversationEvent.StreamOpened(var stream, var afterFailure) -> {
                newest = stream;
                used.keySet().removeIf(number -> number < stream - 1);
                opened = now;
                if (afterFailure) {
                    listener.restarted();
                } else {
                    listener.opened();
                }
            }
            case ConversationEvent.StreamBegan _any -> listener.modelBegan(Duration.between(opened, now));
            case ConversationEvent.StreamReplaced(var afterFailure) -> {
                if (afterFailure) {
                    listener.restarted();
                } else {
                    listener.renewed();
                }
            }
            case ConversationEvent.TokensCounted(var stream, var total) -> count(stream, total);
            case ConversationEvent.StreamEnded(var _stream, var failure) ->
                failure.ifPresent(kind -> listener.failed(switch (kind) {
                    case RECOVERABLE -> Failure.RECOVERABLE;
                    case BUSY -> Failure.BUSY;
                    case FATAL -> Failure.FATAL;
                }));
            case ConversationEvent.TurnBegun _any -> {
                speechEnd = lastLoud;
                listener.turn();
            }
            case ConversationEvent.TextFinal text -> {
                if (text.source() == Source.TYPED) {
                    speechEnd = null;
                }
            }
            case ConversationEvent.AnswerBegun _any -> {
                if (speechEnd != null) {
                    listener.answered(Duration.between(speechEnd, now));
                }
                speechEnd = null;
            }
            case ConversationEvent.Interrupted _any -> listener.bargedIn();
            case ConversationEvent.TurnSuperseded _any -> {}
            case ConversationEvent.Begun _any -> {}
        }
    }

    private void count(int stream, Usage total) {
        if (stream < newest - 1) {
            return;
        }
        Usage before = used.getOrDefault(stream, new Usage(0, 0, 0, 0));
        used.put(stream, total);
        listener.used(new Tokens(Math.max(0, total.inputSpeech() - before.inputSpeech()),
                Math.max(0, total.inputText() - before.inputText()),
                Math.max(0, total.outputSpeech() - before.outputSpeech()),
                Math.max(0, total.outputText() - before.outputText())));
    }

    private static boolean isLoud(byte[] pcm) {
        long sum = 0;
        for (int at = 0; at + 1 < pcm.length; at += 2) {
            sum += Math.abs((short) ((pcm[at] & 0xff) | (pcm[at + 1] << 8)));
        }
        return pcm.length >= 2 && sum / (pcm.length / 2) >= LOUD;
    }
}
