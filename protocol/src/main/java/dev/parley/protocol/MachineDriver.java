package dev.parley.protocol;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * Feeds a state machine and performs its effects, one input at a time: inputs that arise while effects are performed wait in a queue.
 * The owner of the machine extends it. Not thread-safe: the owner calls it from one thread at a time.
 *
 * @param <I> the machine's inputs
 * @param <E> the machine's effects
 */
public abstract class MachineDriver<I, E> {
    private final Queue<I> inputs = new ArrayDeque<>(2);
    private List<E> effects = List.of();
    private int performed;
    private boolean running;

    /** Creates a driver without inputs. */
    protected MachineDriver() {}

    /** Handles one input of the machine. */
    protected abstract List<E> on(I input, Instant now);

    /** Performs one effect of an input. */
    protected abstract void perform(E effect, I cause);

    /** Returns the present instant; one is used for all inputs of a {@link #feed}. */
    protected abstract Instant now();

    /** Runs after the effects of all inputs so far were performed. It may feed more. */
    protected void settled() {}

    /** Feeds one input, and performs its effects and those of inputs that arise meanwhile. Only queues it when called by an effect. */
    public final void feed(I input) {
        inputs.add(input);
        if (running) {
            return;
        }
        running = true;
        try {
            run(now());
        } finally {
            running = false;
        }
    }

    /** Returns whether effects are being performed, so that {@link #feed} only queues. */
    public final boolean isRunning() {
        return running;
    }

    /** Returns whether inputs are queued. */
    protected final boolean hasInputs() {
        return !inputs.isEmpty();
    }

    /** Feeds a last input after a failure, and returns all effects that were not performed, including those of queued inputs. */
    public final List<E> abandon(I last) {
        var unperformed = new ArrayList<>(effects.subList(performed, effects.size()));
        effects = List.of();
        performed = 0;
        inputs.add(last);
        for (I next = inputs.poll(); next != null; next = inputs.poll()) {
            unperformed.addAll(on(next, now()));
        }
        return unperformed;
    }

    private void run(Instant now) {
        do {
            for (I next = inputs.poll(); next != null; next = inputs.poll()) {
                effects = on(next, now);
                performed = 0;
                while (performed < effects.size()) {
                    perform(effects.get(performed++), next);
                }
                effects = List.of();
                performed = 0;
            }
            settled();
        } while (!inputs.isEmpty());
    }
}
