package dev.parley.voice.conversation;

import dev.parley.voice.contract.Acknowledgement;
import dev.parley.voice.contract.BrowserEvent;
import dev.parley.voice.contract.BrowserEvent.Activity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects the effects of one input. It knows the reason if a command is refused, the activity that the browser was told, and the wake that
 * is still to come. Not thread-safe.
 */
final class EffectList {

    private final ErrorBudget budget = new ErrorBudget();
    private List<Effect> list = new ArrayList<>();
    private Instant now = Instant.MIN;
    private @Nullable String refusal;
    private @Nullable Activity activity;
    private @Nullable Instant wakeAt;

    /** Begins the effects of another input. */
    void begin(Instant instant) {
        list = new ArrayList<>();
        now = instant;
        refusal = null;
    }

    /** The effects so far, to be added to. */
    List<Effect> list() {
        return list;
    }

    void add(Effect effect) {
        list.add(effect);
    }

    void send(BrowserEvent event) {
        list.add(new Effect.ToBrowser(event));
    }

    void tell(ConversationEvent event) {
        list.add(new Effect.Tell(event));
    }

    /** Refuses the command, and tells the browser so unless it was told too often. */
    void error(String message) {
        refuse(message, budget.allows(now));
    }

    /** Refuses sound. The browser is told once as long as it goes on. */
    void audioError(String message) {
        refuse(message, budget.allowsAudio(message, now));
    }

    /** Refuses the command; only its acknowledgement says so. */
    void refuse(String message) {
        refusal = message;
    }

    private void refuse(String message, boolean tell) {
        refuse(message);
        if (tell) {
            send(new BrowserEvent.CommandFailed(message));
        }
    }

    /** Tells the browser the activity if it has changed; null if no stream is open. */
    void activity(@Nullable Activity present) {
        if (present != null && present != activity) {
            send(new BrowserEvent.State(present));
        }
        activity = present;
    }

    /** Asks for a wake, unless an earlier one is still to come; so an open microphone asks once in five minutes. */
    void wake(Instant due) {
        if (wakeAt == null || due.isBefore(wakeAt)) {
            wakeAt = due;
            list.add(new Effect.Wake(due));
        }
    }

    /** A wake has come. */
    void woken() {
        if (wakeAt != null && !now.isBefore(wakeAt)) {
            wakeAt = null;
        }
    }

    void acknowledge() {
        list.add(new Effect.Acknowledge(
                refusal == null ? Acknowledgement.success() : Acknowledgement.failure(refusal)));
    }
}
