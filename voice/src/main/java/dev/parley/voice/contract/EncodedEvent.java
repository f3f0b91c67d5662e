package dev.parley.voice.contract;

import java.util.List;

/**
 * An event as it is sent to a browser.
 *
 * @param name        the event's name, which is also the first element of {@code json}
 * @param json        the whole argument array as JSON, {@code ["textOutput",{…}]}
 * @param attachments the bytes that the placeholders in {@code json} refer to; not copied
 */
public record EncodedEvent(String name, String json, List<byte[]> attachments) {
    public EncodedEvent {
        attachments = List.copyOf(attachments);
    }
}
