package dev.parley.voice.conversation;

import dev.parley.voice.conversation.BrowserCommand.Audio;
import dev.parley.voice.conversation.BrowserCommand.Rejected;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Reads {@code audioInput}, 31 times a second for each browser: base64 is cut out of the raw JSON, without a tree. */
final class AudioDecoder {

    private static final String EVENT = "audioInput";
    private static final String HEAD = "[\"audioInput\",\"";
    private static final String TAIL = "\"]";

    private AudioDecoder() {}

    static BrowserCommand decode(String json, List<byte[]> attachments, ConversationOptions.Limits limits) {
        if (!attachments.isEmpty()) {
            return attachments.size() == 1 ? accept(attachments.getFirst(), limits)
                    : reject(
                            "audioInput takes one piece of sound per event; send each in an event of its own.");
        }
        if (json.length() > limits.audioBytes() / 3 * 4 + 64) {
            return tooLarge(limits);
        }
        if (json.startsWith(HEAD) && json.endsWith(TAIL) && json.length() >= HEAD.length() + TAIL.length()) {
            var text = json.substring(HEAD.length(), json.length() - TAIL.length());
            if (text.indexOf('"') < 0 && text.indexOf('\\') < 0) {
                return decodeBase64(text, limits);
            }
        }
        return Json.arguments(json)
                .filter(arguments -> arguments.path(1).isString())
                .map(arguments -> decodeBase64(arguments.path(1).stringValue(), limits))
                .orElseGet(() -> reject(
                        "audioInput needs sound as base64 text or binary: PCM, 16 kHz, mono, 16-bit."));
    }

    private static BrowserCommand decodeBase64(String text, ConversationOptions.Limits limits) {
        return bytes(text).map(pcm -> accept(pcm, limits))
                .orElseGet(() -> reject(
                        "audioInput is not valid base64; send PCM, 16 kHz, mono, 16-bit, as plain base64."));
    }

    private static Optional<byte[]> bytes(String text) {
        try {
            // Characters beyond Latin-1 become '?', which is not base64 either.
            return Optional.of(Base64.getDecoder().decode(text.getBytes(StandardCharsets.ISO_8859_1)));
        } catch (IllegalArgumentException _notBase64) {
            return Optional.empty();
        }
    }

    private static BrowserCommand accept(byte[] pcm, ConversationOptions.Limits limits) {
        if (pcm.length > limits.audioBytes()) {
            return tooLarge(limits);
        }
        return pcm.length % 2 == 0 ? new Audio(pcm)
                : reject(
                        "audioInput holds half a sample; send an even number of bytes: PCM, 16 kHz, mono, 16-bit.");
    }

    private static Rejected tooLarge(ConversationOptions.Limits limits) {
        return reject("audioInput holds more than " + limits.audioBytes()
                + " bytes; send pieces of about 1024 bytes (32 ms).");
    }

    private static Rejected reject(String message) {
        return new Rejected(EVENT, message);
    }
}
