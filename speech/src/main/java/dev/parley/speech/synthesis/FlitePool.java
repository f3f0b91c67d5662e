package dev.parley.speech.synthesis;

import dev.parley.speech.parts.SpeechException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The built-in voice: flite's kal, compiled from WebAssembly. An instance speaks one sentence at a time, so the pool holds as many as
 * sentences at a time. Instances are created when first needed; one that trapped is discarded.
 */
final class FlitePool implements Speaker {

    private static final long MAX_WAIT_SECONDS = 10;

    private final Semaphore free;
    private final ArrayDeque<Flite> idle = new ArrayDeque<>();
    private volatile boolean closed;

    FlitePool(int size) {
        free = new Semaphore(size, true);
    }

    @Override
    public String id() {
        return "kal";
    }

    @Override
    public String label() {
        return "Kal (male, robotic)";
    }

    @Override
    public Optional<Sound> say(String sentence, double speed, BooleanSupplier unwanted) {
        try {
            if (!free.tryAcquire(MAX_WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw new SpeechException("The voice is busy.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
        try {
            Flite flite = take();
            var sound = flite.say(Pronounceable.of(sentence), speed, () -> closed || unwanted.getAsBoolean());
            giveBack(flite); // not after a trap: its memory may be in any state
            return sound;
        } catch (RuntimeException e) {
            throw new SpeechException("The voice failed: " + e.getClass().getSimpleName() + ".", e);
        } finally {
            free.release();
        }
    }

    private Flite take() {
        synchronized (idle) {
            if (!idle.isEmpty()) {
                return idle.pop();
            }
        }
        return new Flite();
    }

    private void giveBack(Flite flite) {
        synchronized (idle) {
            if (!closed) {
                idle.push(flite);
            }
        }
    }

    @Override
    public void close() {
        synchronized (idle) {
            closed = true;
            idle.clear();
        }
    }
}
