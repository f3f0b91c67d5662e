package dev.parley.cascade;

import dev.parley.speech.answer.Speech;
import dev.parley.speech.turn.Floor;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A voice that is heard when the test says so. */
final class FakeSpeech implements Speech {

    final List<String> said = new ArrayList<>();
    private final ArrayDeque<String> unheard = new ArrayDeque<>();
    private Consumer<String> listener = text -> {};
    private boolean open;
    private boolean held;
    private Instant began = Instant.MAX;
    /** The part of the current sentence that is heard before an interruption. */
    String part = "";

    void reportTo(Consumer<String> to) {
        listener = to;
    }

    /** Lets the next parts be heard to their end. */
    void heard(int parts) {
        for (int i = 0; i < parts; i++) {
            listener.accept(unheard.remove());
        }
    }

    void heardAll() {
        heard(unheard.size());
    }

    @Override
    public void say(String text, double speed, Instant now) {
        append(text, speed, now);
        end(now);
    }

    @Override
    public void append(String text, double speed, Instant now) {
        if (!going()) {
            began = now;
        }
        said.add(text);
        unheard.add(text);
        open = true;
    }

    @Override
    public void end(Instant now) {
        open = false;
    }

    @Override
    public boolean going() {
        return open || !unheard.isEmpty();
    }

    @Override
    public Floor floor() {
        return unheard.isEmpty() ? Floor.DUE : Floor.SPEAKING;
    }

    @Override
    public boolean held() {
        return held;
    }

    @Override
    public boolean began(Instant before) {
        return began.isBefore(before);
    }

    @Override
    public String unsaid() {
        return "";
    }

    @Override
    public void hold(Instant now) {
        held = true;
    }

    @Override
    public void release(Instant now) {
        held = false;
    }

    @Override
    public void interrupt(Instant now) {
        if (!part.isEmpty()) {
            listener.accept(part);
            part = "";
        }
        unheard.clear();
        open = false;
        held = false;
        began = Instant.MAX;
    }

    @Override
    public void tick(Instant now) {
        // Time is the test's.
    }

    @Override
    public Optional<Instant> next(Instant now) {
        return Optional.empty();
    }
}
