package dev.parley.app.call;

import dev.parley.app.call.CallListener.Failure;
import dev.parley.app.call.CallListener.Tokens;
import dev.parley.voice.ModelCommand;
import dev.parley.voice.ModelEvent;
import dev.parley.voice.contract.BrowserCommand;
import dev.parley.voice.conversation.Effect;
import dev.parley.voice.conversation.Input;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Looks on as a call takes inputs and carries out effects, and tells a {@link CallListener} what they amount to. Belongs to the call's
 * owner. What it remembers of streams and tools is forgotten with them, and their number is bounded by the conversation.
 */
final class CallWatch {

    /** The mean magnitude of a 16-bit sample from which on a piece of sound counts as loud: quiet speech is above, a quiet room below. */
    private static final int LOUD = 400;

    private static final Tokens NONE = new Tokens(0, 0, 0, 0);

    private final CallListener listener;
    private final Set<String> toolNames;
    private final Map<Integer, Instant> silentStreams = new HashMap<>();
    private final Map<String, Instant> tools = new HashMap<>();
    private int stream = -1;
    private boolean streamRuns;
    private boolean streamFailed;
    private boolean asked;
    private Tokens tokens = NONE;
    private volatile @Nullable Instant since;
    private final AtomicInteger turns = new AtomicInteger();
    private final AtomicInteger bargeIns = new AtomicInteger();
    private @Nullable Instant lastLoud;
    private @Nullable Instant speechEnd;

    CallWatch(CallListener listener, Set<String> toolNames) {
        this.listener = listener;
        this.toolNames = toolNames;
    }

    /** When the first stream of the conversation was asked for. From any thread, like what is counted since then. */
    @Nullable Instant since() {
        return since;
    }

    int turns() {
        return turns.get();
    }

    int bargeIns() {
        return bargeIns.get();
    }

    void input(Input input, Instant now) {
        switch (input) {
            case Input.FromBrowser(var command, var _ignored) -> {
                if (command instanceof BrowserCommand.Audio(var pcm) && loud(pcm)) {
                    lastLoud = now;
                }
            }
            case Input.FromModel(var number, var event) -> event(number, event, now);
            case Input.ToolFinished(var call, var json) -> {
                Instant since = tools.remove(call.toolUseId());
                if (since != null) {
                    listener.toolFinished(toolNames.contains(call.name()) ? call.name() : "unknown",
                            json.startsWith("{\"error\""), Duration.between(since, now));
                }
            }
            case Input.Notice _any -> {}
            case Input.Tick _any -> {}
            case Input.Disconnected _any -> {}
        }
    }

    void effect(Effect effect, Instant now) {
        switch (effect) {
            case Effect.OpenModel open -> opened(open.stream(), now);
            case Effect.ToModel(var number, var command) -> {
                if (command instanceof ModelCommand.Text) {
                    speechEnd = null;
                    ask();
                } else if (command instanceof ModelCommand.Close) {
                    ended(number);
                }
            }
            case Effect.RunTool call -> tools.put(call.toolUseId(), now);
            case Effect.ToBrowser _any -> {}
            case Effect.Acknowledge _any -> {}
            case Effect.Wake _any -> {}
            case Effect.Ended _any -> {}
        }
    }

    private void opened(int number, Instant now) {
        if (streamRuns) {
            listener.renewed();
        } else if (streamFailed) {
            listener.restarted();
        } else {
            since = now;
            turns.set(0);
            bargeIns.set(0);
            listener.opened();
        }
        stream = number;
        streamRuns = true;
        streamFailed = false;
        tokens = NONE;
        silentStreams.put(number, now);
    }

    private void ended(int number) {
        silentStreams.remove(number);
        if (number == stream) {
            streamRuns = false;
            tools.clear();
        }
    }

    private void event(int number, ModelEvent event, Instant now) {
        Instant since = silentStreams.remove(number);
        if (since != null) {
            listener.modelBegan(Duration.between(since, now));
        }
        switch (event) {
            case ModelEvent.UserText _any -> {
                if (!asked) {
                    speechEnd = lastLoud;
                }
                ask();
            }
            case ModelEvent.Audio _any -> {
                if (speechEnd != null) {
                    listener.answered(Duration.between(speechEnd, now));
                }
                speechEnd = null;
                asked = false;
            }
            case ModelEvent.AssistantText text -> asked &= text.stage() == ModelEvent.Stage.FINAL;
            case ModelEvent.Interrupted _any -> {
                bargeIns.incrementAndGet();
                listener.bargedIn();
            }
            case ModelEvent.Usage(var inSpeech, var inText, var outSpeech, var outText) -> {
                listener.used(new Tokens(Math.max(0, inSpeech - tokens.inputSpeech()),
                        Math.max(0, inText - tokens.inputText()),
                        Math.max(0, outSpeech - tokens.outputSpeech()),
                        Math.max(0, outText - tokens.outputText())));
                tokens = new Tokens(inSpeech, inText, outSpeech, outText);
            }
            case ModelEvent.Ended _any -> ended(number);
            case ModelEvent.Failed(var kind, var _ignored) -> {
                ended(number);
                streamFailed = number == stream;
                listener.failed(switch (kind) {
                    case RECOVERABLE -> Failure.RECOVERABLE;
                    case BUSY -> Failure.BUSY;
                    case FATAL -> Failure.FATAL;
                });
            }
            case ModelEvent.Moved(var failed) -> {
                if (failed) {
                    listener.restarted();
                } else {
                    listener.renewed();
                }
            }
            case ModelEvent.AudioEnd _any -> {}
            case ModelEvent.ToolCall _any -> {}
        }
    }

    private void ask() {
        if (!asked) {
            asked = true;
            turns.incrementAndGet();
            listener.turn();
        }
    }

    private static boolean loud(byte[] pcm) {
        long sum = 0;
        for (int at = 0; at + 1 < pcm.length; at += 2) {
            sum += Math.abs((short) ((pcm[at] & 0xff) | (pcm[at + 1] << 8)));
        }
        return pcm.length >= 2 && sum / (pcm.length / 2) >= LOUD;
    }
}
