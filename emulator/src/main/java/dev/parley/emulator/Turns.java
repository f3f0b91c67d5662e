package dev.parley.emulator;

import dev.parley.nova.event.InputEvent;
import dev.parley.nova.event.OutputEvent;
import dev.parley.nova.event.OutputEvent.Role;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/** Counts the turns of one stream and reports their moments, from which faults are timed. Not thread-safe. */
final class Turns {

    /** Silence after which loud sound begins another turn, in bytes at 16 kHz: 350 ms. */
    private static final int PAUSE = 350 * 32;

    private final Consumer<Fault.Moment> moments;
    private final Set<String> typed = new HashSet<>();
    private int number;
    private int silence = PAUSE;
    private boolean answered;

    Turns(Consumer<Fault.Moment> moments) {
        this.moments = moments;
    }

    /** Returns the number of the present turn, from 1; 0 before the first. */
    int number() {
        return number;
    }

    /** Handles an event of the client; {@code loud} says whether it is audio that is not silent. */
    void on(InputEvent event, boolean loud) {
        switch (event) {
            case InputEvent.AudioInput _sound when loud -> {
                if (silence >= PAUSE) {
                    begin();
                    moments.accept(Fault.Moment.SPEECH);
                }
                silence = 0;
            }
            case InputEvent.AudioInput(var _prompt, var _content, var pcm) -> silence += pcm.length;
            case InputEvent.ContentStart start when start.interactive()
                    && start.body() instanceof InputEvent.Body.Text ->
                typed.add(start.content());
            case InputEvent.ContentEnd end when typed.remove(end.content()) -> begin();
            default -> {}
        }
    }

    /** Handles an event that was sent. */
    void on(OutputEvent event) {
        if (event instanceof OutputEvent.TextOutput text && text.role() == Role.USER) {
            moments.accept(Fault.Moment.TEXT);
        } else if (event instanceof OutputEvent.AudioOutput && !answered) {
            answered = true;
            moments.accept(Fault.Moment.ANSWER);
        }
    }

    private void begin() {
        number++;
        answered = false;
    }
}
