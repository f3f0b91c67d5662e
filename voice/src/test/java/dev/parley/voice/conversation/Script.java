package dev.parley.voice.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.voice.ModelCommand;
import dev.parley.voice.ModelEvent;
import dev.parley.voice.SpeechModel.Voice;
import dev.parley.voice.StreamSettings.ToolSpec;
import dev.parley.voice.contract.BrowserCodec;
import dev.parley.voice.contract.BrowserCommand;
import dev.parley.voice.contract.CommandLimits;
import dev.parley.voice.contract.EncodedEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * Feeds inputs to a conversation and writes each effect as one line. Effects that were not checked fail the test at
 * {@link #assertExhausted}.
 */
final class Script {

    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    static final ConversationOptions OPTIONS = ConversationOptions
            .defaults(List.of(new Voice("amy", "Amy", "en-GB"), new Voice("leo", "Leo", "en-US")), List.of(
                    new ToolSpec("time", "Tells the time", "{}"), new ToolSpec("note", "Keeps notes", "{}")))
            .withSystemPrompt("Be brief.");

    final Conversation conversation;
    Instant now = START;
    private final List<String> lines = new ArrayList<>();
    private final List<ConversationEvent> told = new ArrayList<>();

    Script() {
        this(OPTIONS);
    }

    Script(ConversationOptions options) {
        conversation = new Conversation("s", options);
    }

    /** Feeds a browser event without acknowledgement; {@code json} holds its arguments after the name. */
    Script browser(String event, String... json) {
        return feed(new Input.FromBrowser(decode(event, json)));
    }

    Script browserAsks(String event, String... json) {
        return feed(new Input.FromBrowser(decode(event, json), true));
    }

    Script audio(int... samples) {
        return feed(new Input.FromBrowser(new BrowserCommand.Audio(pcm(samples))));
    }

    Script model(int stream, ModelEvent event) {
        return feed(new Input.FromModel(stream, event));
    }

    Script after(Duration time) {
        now = now.plus(time);
        return this;
    }

    Script tick() {
        return feed(new Input.Tick());
    }

    Script feed(Input input) {
        for (var effect : conversation.on(input, now)) {
            if (effect instanceof Effect.Tell(var event)) {
                told.add(event);
            } else {
                lines.add(line(effect));
            }
        }
        return this;
    }

    /** Returns the events for subscribers since the previous call. */
    List<ConversationEvent> told() {
        var found = List.copyOf(told);
        told.clear();
        return found;
    }

    Script expect(String... expected) {
        var found = List.copyOf(lines);
        lines.clear();
        assertThat(found).containsExactly(expected);
        return this;
    }

    Script expectNothing() {
        return expect();
    }

    /** Discards the effects so far, which another test checks. */
    Script skip() {
        lines.clear();
        return this;
    }

    List<String> taken() {
        var found = List.copyOf(lines);
        lines.clear();
        return found;
    }

    Script expectPhase(Phase phase) {
        assertThat(conversation.phase()).isEqualTo(phase);
        return this;
    }

    void assertExhausted() {
        assertThat(lines).isEmpty();
    }

    /** Returns a conversation whose stream 1 is open and listens to the user. */
    static Script listening() {
        return new Script().browser("audioStart").skip().expectPhase(Phase.LISTENING);
    }

    /** Returns a conversation in mid-answer: the browser knows text block t1 and audio block a1. */
    static Script speaking() {
        return listening()
                .model(1,
                        new ModelEvent.AssistantText("t1", ModelEvent.Stage.SPECULATIVE, "Well.",
                                ModelEvent.StopReason.PARTIAL_TURN))
                .model(1, new ModelEvent.Audio("a1", pcm(1)))
                .skip()
                .expectPhase(Phase.SPEAKING);
    }

    static byte[] pcm(int... samples) {
        var pcm = new byte[samples.length * 2];
        for (var i = 0; i < samples.length; i++) {
            pcm[2 * i] = (byte) samples[i];
            pcm[2 * i + 1] = (byte) (samples[i] >> 8);
        }
        return pcm;
    }

    static BrowserCommand decode(String event, String... json) {
        var arguments = "[\"" + event + "\""
                + String.join("", Arrays.stream(json).map(each -> "," + each).toList()) + "]";
        return BrowserCodec.decode(event, arguments, List.of(), CommandLimits.defaults());
    }

    static String line(Effect effect) {
        return switch (effect) {
            case Effect.OpenModel(var stream, var settings) -> "open " + stream + " " + settings.voiceId()
                    + " " + settings.tools().stream().map(ToolSpec::name).toList();
            case Effect.ToModel(var stream, var command) -> stream + " <- " + line(command);
            case Effect.ToBrowser(var event) -> line(BrowserCodec.encode(event));
            case Effect.Acknowledge(var answer) -> "ack " + BrowserCodec.encode(answer);
            case Effect.RunTool(var stream, var id, var name, var arguments) ->
                "run " + stream + " " + id + " " + name + " " + arguments;
            case Effect.Wake(var at) -> "wake " + Duration.between(START, at);
            case Effect.Tell(var event) -> "tell " + event;
            case Effect.Ended(var reason) -> "ended " + reason;
        };
    }

    private static String line(ModelCommand command) {
        return switch (command) {
            case ModelCommand.Audio(var pcm) -> "audio " + Arrays.toString(pcm);
            case ModelCommand.SystemPrompt(var text) -> "prompt " + text;
            case ModelCommand.Text(var content) -> "text " + content;
            case ModelCommand.ToolResult(var id, var json) -> "result " + id + " " + json;
            case ModelCommand.Notice(var text) -> "notice " + text;
            case ModelCommand.Close _close -> "close";
        };
    }

    private static String line(EncodedEvent sent) {
        var arguments = JsonMapper.shared().readTree(sent.json());
        assertThat(arguments.isArray()).isTrue();
        assertThat(arguments.get(0).stringValue()).isEqualTo(sent.name());
        assertThat(sent.json().split("_placeholder", -1)).hasSize(sent.attachments().size() + 1);
        var attached = sent.attachments().stream().map(Arrays::toString).toList();
        return sent.json()
                .replace("\"sessionId\":\"s\",\"promptName\":\"s-1\",\"completionId\":\"s-1-0\"", "IDS")
                + (attached.isEmpty() ? "" : " + " + attached);
    }
}
