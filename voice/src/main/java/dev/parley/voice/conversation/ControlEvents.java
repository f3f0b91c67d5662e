package dev.parley.voice.conversation;

import dev.parley.voice.ModelEvent;
import dev.parley.voice.conversation.Effect.Acknowledge;
import dev.parley.voice.conversation.Effect.ToBrowser;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The events to the browser that do not come from a model stream, as raw JSON. */
final class ControlEvents {

    private ControlEvents() {}

    static ToBrowser audioReady() {
        return bare("audioReady");
    }

    static ToBrowser sessionClosed() {
        return bare("sessionClosed");
    }

    static ToBrowser streamComplete() {
        return bare("streamComplete");
    }

    static ToBrowser voiceConfirmed(String voiceId) {
        return event("voiceConfigConfirmed", "{\"voiceId\":" + Json.quote(voiceId) + "}");
    }

    /** Our extension: LISTENING, THINKING or SPEAKING. */
    static ToBrowser state(Phase live) {
        return event("state", "{\"state\":\"" + live.name().toLowerCase(Locale.ROOT) + "\"}");
    }

    /** Something was wrong with an event; the conversation lives on. */
    static ToBrowser error(String message) {
        return event("error", "{\"message\":" + Json.quote(message) + "}");
    }

    /** The model stream failed; the message is the model's, with what to do about it. */
    static ToBrowser failed(ModelEvent.Failed failure) {
        var text = failure.message().isBlank() ? "The speech model failed." : failure.message().strip();
        return switch (failure.kind()) {
            case RECOVERABLE -> over(text + " Start again to go on.", "RECOVERABLE", true);
            case BUSY -> over(text + " Try again in a moment.", "BUSY", true);
            case FATAL -> over(text, "FATAL", false);
        };
    }

    static ToBrowser inactive(Duration after) {
        return over("The conversation was closed because nothing happened for " + after.toMinutes()
                + " minutes. Start again to go on.", "INACTIVE", true);
    }

    private static ToBrowser over(String message, String kind, boolean retry) {
        return event("error", "{\"message\":" + Json.quote(message) + ",\"details\":{\"kind\":\"" + kind
                + "\",\"retry\":" + retry + ",\"ended\":true}}");
    }

    static Acknowledge success() {
        return new Acknowledge("[{\"success\":true}]");
    }

    static Acknowledge failure(String message) {
        return new Acknowledge("[{\"success\":false,\"error\":" + Json.quote(message) + "}]");
    }

    static ToBrowser event(String name, String payload) {
        return new ToBrowser(name, "[\"" + name + "\"," + payload + "]", List.of());
    }

    private static ToBrowser bare(String name) {
        return new ToBrowser(name, "[\"" + name + "\"]", List.of());
    }
}
