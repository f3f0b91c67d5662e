package dev.parley.voice.contract;

import java.util.List;

/** Reads commands from JSON and writes events and acknowledgements as JSON. Stateless; any thread. */
public final class BrowserCodec {

    private BrowserCodec() {}

    /**
     * Reads one command. Never throws for a command that a browser sent.
     *
     * @param event       the event's name
     * @param json        the whole argument array, {@code ["audioInput","…"]}
     * @param attachments the binary attachments of the event, in order
     */
    public static BrowserCommand decode(String event, String json, List<byte[]> attachments,
            CommandLimits limits) {
        return event.equals(AudioDecoder.EVENT) ? AudioDecoder.decode(json, attachments, limits)
                : CommandDecoder.decode(event, json, limits);
    }

    /**
     * Reads one command whose only argument is a string that is known already. This is the way of base64 audio, 31 times a second for each
     * browser: the text goes to the decoder without being put into JSON.
     */
    public static BrowserCommand decode(String event, String text, CommandLimits limits) {
        return event.equals(AudioDecoder.EVENT) ? AudioDecoder.decode(text, limits)
                : CommandDecoder.decode(event, new JsonText().array().value(event).value(text).end(']'),
                        limits);
    }

    /** Writes an event as the argument array that a browser receives. */
    public static EncodedEvent encode(BrowserEvent event) {
        return EventEncoder.encode(event);
    }

    /** Writes an acknowledgement as an argument array, {@code [{"success":true}]}. */
    public static String encode(Acknowledgement acknowledgement) {
        return EventEncoder.encode(acknowledgement);
    }
}
