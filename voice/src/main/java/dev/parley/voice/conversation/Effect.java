package dev.parley.voice.conversation;

import dev.parley.voice.ModelCommand;
import dev.parley.voice.StreamSettings;
import dev.parley.voice.contract.Acknowledgement;
import dev.parley.voice.contract.BrowserEvent;
import java.time.Instant;

/** An effect of a {@link Conversation}. The owner performs effects in the order given. */
public sealed interface Effect {

    /**
     * Opens a stream to the model. Its events come back as {@link Input.FromModel} with this number. If opening throws, the owner feeds
     * {@link dev.parley.voice.ModelEvent.Failed} for this number.
     */
    record OpenModel(int stream, StreamSettings settings) implements Effect {}

    /** Passes a command to that stream. After {@link ModelCommand.Close} no command follows, and the owner may forget the stream. */
    record ToModel(int stream, ModelCommand command) implements Effect {}

    /** Sends an event to the browser. */
    record ToBrowser(BrowserEvent event) implements Effect {}

    /** Acknowledges the command that was just fed. */
    record Acknowledge(Acknowledgement answer) implements Effect {}

    /** Runs a tool, off the caller's thread and with a deadline. The owner then feeds {@link Input.ToolFinished} with this same value. */
    record RunTool(int stream, String toolUseId, String name, String arguments) implements Effect {}

    /** Notifies the subscribers of the conversation. */
    record Tell(ConversationEvent event) implements Effect {}

    /** Requests an {@link Input.Tick} at this instant. A later Wake replaces an earlier one: one timer per conversation is enough. */
    record Wake(Instant at) implements Effect {}

    /** The conversation is over for good; always the last effect. The owner cancels the timer and forgets the conversation. */
    record Ended(String reason) implements Effect {}
}
