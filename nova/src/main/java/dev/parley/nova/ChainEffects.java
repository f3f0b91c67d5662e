package dev.parley.nova;

import dev.parley.nova.event.InputEvent;
import dev.parley.voice.ModelEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the effects of one input to a {@link StreamChain}. Not thread-safe. */
final class ChainEffects {

    private List<ChainEffect> effects = new ArrayList<>();
    private @Nullable Instant wakeAt;

    void open(ChainStream stream) {
        effects.add(new ChainEffect.Open(stream.number));
    }

    void send(ChainStream stream, List<InputEvent> events) {
        events.forEach(event -> effects.add(new ChainEffect.Send(stream.number, event)));
    }

    /** Closes the stream in good order. */
    void finish(ChainStream stream) {
        send(stream, stream.closing());
        effects.add(new ChainEffect.Finish(stream.number));
    }

    void cancel(int stream) {
        effects.add(new ChainEffect.Cancel(stream));
    }

    void emit(ModelEvent event) {
        effects.add(new ChainEffect.Emit(event));
    }

    /** Requests a wake-up at this instant, unless an earlier one is pending. */
    void wake(Instant due) {
        if (due.isBefore(Instant.MAX) && (wakeAt == null || due.isBefore(wakeAt))) {
            wakeAt = due;
            effects.add(new ChainEffect.Wake(due));
        }
    }

    /** Notes that a wake-up came, early if the wall clock was set back meanwhile. */
    void woken() {
        wakeAt = null;
    }

    /** Returns the effects since the last call. */
    List<ChainEffect> take() {
        List<ChainEffect> taken = effects;
        effects = new ArrayList<>();
        return taken;
    }
}
