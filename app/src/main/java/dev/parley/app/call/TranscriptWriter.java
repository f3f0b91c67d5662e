package dev.parley.app.call;

import dev.parley.app.transcript.Transcript;
import dev.parley.app.transcript.Transcripts;
import dev.parley.voice.conversation.ConversationEvent;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes the final texts of one call into transcripts, one for each of its conversations. Belongs to the call's owner. */
final class TranscriptWriter implements CallSubscriber {

    private final Transcripts transcripts;
    private @Nullable Transcript transcript;

    TranscriptWriter(Transcripts transcripts) {
        this.transcripts = transcripts;
    }

    @Override
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
