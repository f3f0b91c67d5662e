package dev.parley.voice.conversation;

import dev.parley.voice.ModelCommand;
import dev.parley.voice.StreamSettings;
import java.time.Instant;
import java.util.List;

/** What a {@link Conversation} wants done. The owner carries effects out in the order given. */
public sealed interface Effect {

    /**
     * Open a stream to the model. Its events come back as {@link Input.FromModel} with this number. If opening throws, feed
     * {@link dev.parley.voice.ModelEvent.Failed} for this number.
     */
    record OpenModel(int stream, StreamSettings settings) implements Effect {}

    /** Hand a command to that stream. After {@link ModelCommand.Close} nothing more is sent to it, and it may be forgotten. */
    record ToModel(int stream, ModelCommand command) implements Effect {}

    /**
     * Emit an event to the browser.
     *
     * @param event       its name, which is also the first element of {@code json}
     * @param json        the whole argument array as raw JSON text, {@code ["textOutput",{…}]}, ready for the wire
     * @param attachments what the placeholders in {@code json} stand for; empty unless the browser asked for binary audio
     */
    record ToBrowser(String event, String json, List<byte[]> attachments) implements Effect {
        public ToBrowser {
            attachments = List.copyOf(attachments);
        }
    }

    /** Answer the callback of the browser event that was just fed: the argument array as raw JSON text, {@code [{"success":true}]}. */
    record Acknowledge(String json) implements Effect {}

    /** Run a tool, off the caller's thread and with a deadline, and feed {@link Input.ToolFinished} with this same value. */
    record RunTool(int stream, String toolUseId, String name, String arguments) implements Effect {}

    /** Feed {@link Input.Tick} at this instant. A later Wake replaces an earlier one: one timer per conversation is enough. */
    record Wake(Instant at) implements Effect {}

    /** The conversation is over for good; always the last effect. Cancel the timer and forget it. */
    record Ended(String reason) implements Effect {}
}
