package dev.parley.calls.transcript;

import dev.parley.voice.conversation.ConversationEvent;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes the final texts of one call into transcripts, one for each of its conversations. Belongs to the call's owner. */
public final class TranscriptWriter {

    private final Transcripts transcripts;
    private @Nullable Transcript transcript;

    public TranscriptWriter(Transcripts transcripts) {
        this.transcripts = transcripts;
    }

    /** The id of the present conversation; empty while nothing was said. */
    public Optional<String> id() {
        return Optional.ofNullable(transcript).map(Transcript::id);
    }

    /** Goes on with the transcript of a conversation that was at another server. */
    public void resume(String id) {
        transcript = transcripts.resume(id);
    }

    /** Writes the text of the event, if it has a final one. */
    public void on(ConversationEvent event, Instant now) {
        if (event instanceof ConversationEvent.Begun) {
            transcript = null;
        } else if (event instanceof ConversationEvent.TurnSuperseded(var turn)) {
            if (transcript != null) {
                transcript.supersede(now, turn);
            }
        } else if (event instanceof ConversationEvent.TextFinal(var turn, var role, var _source, var text)) {
            Transcript open = transcript == null ? transcripts.begin() : transcript;
            transcript = open;
            open.add(now, turn, role.name().toLowerCase(Locale.ROOT), text);
        }
    }
}
