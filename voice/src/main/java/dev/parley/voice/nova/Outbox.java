package dev.parley.voice.nova;

import dev.parley.voice.ModelEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a {@link Relay} wants done about the input in hand. Not thread-safe. */
final class Outbox {

    private List<RelayEffect> effects = new ArrayList<>();
    private @Nullable Instant wakeAt;

    void open(Leg leg) {
        effects.add(new RelayEffect.Open(leg.number));
    }

    void send(Leg leg, List<InputEvent> events) {
        events.forEach(event -> effects.add(new RelayEffect.Send(leg.number, event)));
    }

    /** Closes the stream in good order. */
    void finish(Leg leg) {
        send(leg, leg.closing());
        effects.add(new RelayEffect.Finish(leg.number));
    }

    void cancel(int stream) {
        effects.add(new RelayEffect.Cancel(stream));
    }

    void tell(ModelEvent event) {
        effects.add(new RelayEffect.Tell(event));
    }

    /** Asks to be woken, unless an earlier wake is still to come. */
    void wake(Instant due) {
        if (due.isBefore(Instant.MAX) && (wakeAt == null || due.isBefore(wakeAt))) {
            wakeAt = due;
            effects.add(new RelayEffect.Wake(due));
        }
    }

    /** It was woken. */
    void woken(Instant now) {
        if (wakeAt != null && !now.isBefore(wakeAt)) {
            wakeAt = null;
        }
    }

    /** Everything since the last time. */
    List<RelayEffect> take() {
        List<RelayEffect> taken = effects;
        effects = new ArrayList<>();
        return taken;
    }
}
