package dev.parley.speech;

import dev.parley.voice.ModelEvent;
import dev.parley.voice.audio.Pcm;
import java.util.ArrayDeque;

/** A room in which a microphone hears the loudspeaker: plays what a call receives at the pace of a listener, and obeys pauses as the page does. */
final class Room {

    private static final int TICK = 512;
    private static final int PLAYED_PER_TICK = 768;

    private final Call call;
    private final double gain;
    private final ArrayDeque<Short> player = new ArrayDeque<>();
    private final ArrayDeque<Short> air = new ArrayDeque<>();
    private int seen;
    private boolean inTurns;

    /**
     * @param decibels loudness of the echo beside what is played
     * @param millis   delay of the echo
     */
    Room(Call call, double decibels, int millis) {
        this.call = call;
        gain = Math.pow(10, decibels / 20);
        for (int i = 0; i < millis * 16; i++) {
            air.add((short) 0);
        }
    }

    /** Lets 32 ms pass. */
    void tick() {
        var events = call.events();
        for (; seen < events.size(); seen++) {
            switch (events.get(seen)) {
                case ModelEvent.Audio piece -> {
                    for (short sample : Pcm.samples(piece.pcm())) {
                        player.add(sample);
                    }
                }
                case ModelEvent.Paused paused -> player.clear();
                case ModelEvent.Interrupted interrupted -> player.clear();
                case ModelEvent.SelfHeard heard -> inTurns = true;
                default -> {}
            }
        }
        var played = new short[PLAYED_PER_TICK];
        boolean plays = !player.isEmpty();
        for (int i = 0; i < played.length && !player.isEmpty(); i++) {
            played[i] = player.remove();
        }
        var heard = new short[TICK];
        for (int i = 0; i < heard.length; i++) {
            // Two of three samples, halfway between the played ones.
            int at = i / 2 * 3 + i % 2;
            air.add((short) (gain * (played[at] + played[at + 1]) / 2));
            heard[i] = air.remove();
        }
        call.speak(inTurns && plays ? new short[TICK] : heard);
    }
}
