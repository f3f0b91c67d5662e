package dev.parley.voice.conversation;

import dev.parley.voice.ModelCommand;
import dev.parley.voice.StreamSettings;
import dev.parley.voice.contract.Acknowledgement;
import dev.parley.voice.contract.BrowserEvent;
import java.time.Instant;

/** An effect of a {@link Conversation}. The owner performs effects in the order given. */
public sealed interface Effect {

    /**
     * Open a stream to the model. Its events come back as {@link Input.FromModel} with this number. If opening throws, feed
     * {@link dev.parley.voice.ModelEvent.Failed} for this number.
     */
    record OpenModel(int stream, StreamSettings settings) implements Effect {}

    /** Hand a command to that stream. After {@link ModelCommand.Close} nothing more is sent to it, and it may be forgotten. */
    record ToModel(int stream, ModelCommand command) implements Effect {}

    /** Send an event to the browser. */
    record ToBrowser(BrowserEvent event) implements Effect {}

    /** Acknowledge the command that was just fed. */
    record Acknowledge(Acknowledgement answer) implements Effect {}

    /** Run a tool, off the caller's thread and with a deadline, and feed {@link Input.ToolFinished} with this same value. */
    record RunTool(int stream, String toolUseId, String name, String arguments) implements Effect {}

    /** Tell the subscribers of the conversation. */
    record Tell(ConversationEvent event) implements Effect {}

    /** Feed {@link Input.Tick} at this instant. A later Wake replaces an earlier one: one timer per conversation is enough. */
    record Wake(Instant at) implements Effect {}

    /** The conversation is over for good; always the last effect. Cancel the timer and forget it. */
    record Ended(String reason) implements Effect {}
}
