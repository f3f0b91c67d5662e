package dev.parley.voice;

/** The sending half of one conversation with a speech model. The receiving half is the consumer given to {@link SpeechModel#open}. */
public interface ModelStream {

    /**
     * Passes one command to the model, in order. Never blocks, and never throws for a stream that has ended: a late command is dropped.
     * Called by one thread at a time.
     */
    void send(ModelCommand command);
}
