package dev.parley.voice.conversation;

import dev.parley.voice.contract.Acknowledgement;
import dev.parley.voice.contract.BrowserEvent;
import dev.parley.voice.contract.BrowserEvent.Activity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects the effects of one input. It stores why a command was refused, the last activity sent to the browser, and the pending wake. Not
 * thread-safe.
 */
final class EffectList {

    private final ErrorBudget budget = new ErrorBudget();
    private List<Effect> list = new ArrayList<>();
    private Instant now = Instant.MIN;
    private @Nullable String refusal;
    private @Nullable Activity activity;
    private @Nullable Instant wakeAt;

    /** Starts the effects of another input. */
    void begin(Instant instant) {
        list = new ArrayList<>();
        now = instant;
        refusal = null;
    }

    /** Returns the effects so far; callers may add to the list. */
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

    /** Refuses the command and sends the browser an error, unless it received too many. */
    void error(String message) {
        refuse(message, budget.allows(now));
    }

    /** Refuses sound. Sends the browser one error for as long as the condition lasts. */
    void audioError(String message) {
        refuse(message, budget.allowsAudio(message, now));
    }

    /** Refuses the command. Only its acknowledgement carries the reason. */
    void refuse(String message) {
        refusal = message;
    }

    /** Refuses a command that the contract does not allow. */
    void reject(String event, String message, boolean wantsAck) {
        if (event.equals("initializeConnection") && wantsAck) {
            refuse(message);
        } else if (event.equals("audioInput")) {
            audioError(message);
        } else {
            error(message);
        }
    }

    private void refuse(String message, boolean tell) {
        refuse(message);
        if (tell) {
            send(new BrowserEvent.CommandFailed(message));
        }
    }

    /** Sends the browser the activity if it has changed. The activity is null if no stream is open. */
    void activity(@Nullable Activity present) {
        if (present != null && present != activity) {
            send(new BrowserEvent.State(present));
        }
        activity = present;
    }

    /** Requests a wake, unless an earlier one is pending. So an open microphone requests one in five minutes. */
    void wake(Instant due) {
        if (wakeAt == null || due.isBefore(wakeAt)) {
            wakeAt = due;
            list.add(new Effect.Wake(due));
        }
    }

    /** Notes that a wake came, early if the wall clock was set back meanwhile. */
    void woken() {
        wakeAt = null;
    }

    void acknowledge() {
        list.add(new Effect.Acknowledge(
                refusal == null ? Acknowledgement.success() : Acknowledgement.failure(refusal)));
    }
}
