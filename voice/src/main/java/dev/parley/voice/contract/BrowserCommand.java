package dev.parley.voice.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A command that a browser sends to its conversation: the events of the three known front ends, as values. {@link BrowserCodec} reads them;
 * {@code docs/events.md} describes each with its fields. Immutable; arrays of bytes are handed over and must not be changed.
 */
public sealed interface BrowserCommand {

    /** The names of all commands. */
    List<String> NAMES = List.of("initializeConnection", "promptStart", "systemPrompt",
            "conversationResumption", "audioStart", "audioInput", "textInput", "startNewChat", "stopAudio",
            "voiceConfig");

    /** {@code initializeConnection}; {@code resume} is null if the browser does not ask for it. */
    record Initialize(SessionConfig config, @Nullable ResumeRequest resume) implements BrowserCommand {}

    /** {@code promptStart}: the voice and the sample rate of the answers, each null if left out. */
    record PromptStart(@Nullable String voiceId,
            @Nullable Integer outputSampleRate) implements BrowserCommand {}

    /** {@code systemPrompt}: null content stands for the server's default. */
    record SystemPrompt(@Nullable String content, @Nullable String voiceId) implements BrowserCommand {}

    /** {@code conversationResumption}: accepted and without effect. */
    record Resume() implements BrowserCommand {}

    /** {@code audioStart}. */
    record AudioStart() implements BrowserCommand {}

    /** {@code audioInput}: PCM, 16 kHz, mono, 16-bit little-endian; an even number of bytes within the limit. */
    record Audio(byte[] pcm) implements BrowserCommand {}

    /** {@code textInput}, not blank and within the limit. */
    record Text(String content) implements BrowserCommand {}

    /** {@code startNewChat}. */
    record NewChat(SessionConfig config) implements BrowserCommand {}

    /** {@code stopAudio}. */
    record Stop() implements BrowserCommand {}

    /** {@code voiceConfig}: the voice of the next stream. */
    record Voice(String voiceId) implements BrowserCommand {}

    /** An event of the contract whose arguments are wrong. The message says what to send instead. */
    record Rejected(String event, String message) implements BrowserCommand {}

    /** An event that the contract does not have. The conversation ignores it, since front ends may have events of their own. */
    record Unknown(String event) implements BrowserCommand {}
}
