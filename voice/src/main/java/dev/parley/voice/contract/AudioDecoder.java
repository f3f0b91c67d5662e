package dev.parley.voice.contract;

import dev.parley.voice.contract.BrowserCommand.Audio;
import dev.parley.voice.contract.BrowserCommand.Rejected;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Reads {@code audioInput}: base64 text, or one binary attachment. */
final class AudioDecoder {

    static final String EVENT = "audioInput";

    private AudioDecoder() {}

    static BrowserCommand decode(String json, List<byte[]> attachments, CommandLimits limits) {
        if (!attachments.isEmpty()) {
            return attachments.size() == 1 ? accept(attachments.getFirst(), limits)
                    : reject(
                            "audioInput takes one piece of sound per event; send each in an event of its own.");
        }
        if (isTooLarge(json, limits)) {
            return tooLarge(limits);
        }
        return Json.arguments(json)
                .filter(arguments -> arguments.path(1).isString())
                .map(arguments -> decode(arguments.path(1).stringValue(), limits))
                .orElseGet(() -> reject(
                        "audioInput needs sound as base64 text or binary: PCM, 16 kHz, mono, 16-bit."));
    }

    /** Reads sound that is base64. */
    static BrowserCommand decode(String base64, CommandLimits limits) {
        if (isTooLarge(base64, limits)) {
            return tooLarge(limits);
        }
        return bytes(base64).map(pcm -> accept(pcm, limits))
                .orElseGet(() -> reject(
                        "audioInput is not valid base64; send PCM, 16 kHz, mono, 16-bit, as plain base64."));
    }

    /** Refuses early, so that text far over the limit is not decoded. */
    private static boolean isTooLarge(String text, CommandLimits limits) {
        return text.length() > limits.audioBytes() / 3 * 4 + 64;
    }

    private static Optional<byte[]> bytes(String text) {
        try {
            // Characters beyond Latin-1 become '?', which is not base64 either.
            return Optional.of(Base64.getDecoder().decode(text.getBytes(StandardCharsets.ISO_8859_1)));
        } catch (IllegalArgumentException _notBase64) {
            return Optional.empty();
        }
    }

    private static BrowserCommand accept(byte[] pcm, CommandLimits limits) {
        if (pcm.length > limits.audioBytes()) {
            return tooLarge(limits);
        }
        return pcm.length % 2 == 0 ? new Audio(pcm)
                : reject(
                        "audioInput holds half a sample; send an even number of bytes: PCM, 16 kHz, mono, 16-bit.");
    }

    private static Rejected tooLarge(CommandLimits limits) {
        return reject("audioInput holds more than " + limits.audioBytes()
                + " bytes; send pieces of about 1024 bytes (32 ms).");
    }

    private static Rejected reject(String message) {
        return new Rejected(EVENT, message);
    }
}
