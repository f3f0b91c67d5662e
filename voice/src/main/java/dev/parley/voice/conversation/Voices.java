package dev.parley.voice.conversation;

import dev.parley.voice.SpeechModel.Voice;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The voices that a browser can choose from. */
record Voices(List<Voice> all) {

    boolean has(String id) {
        return all.stream().anyMatch(voice -> voice.id().equals(id));
    }

    String first() {
        return all.getFirst().id();
    }

    /**
     * Returns the requested voice. The front ends of Nova Sonic name its voices in their prompt; with another model they get that model's
     * default voice.
     */
    String orFirst(String id) {
        return has(id) ? id : first();
    }

    String orFirst(Optional<String> id) {
        return id.map(this::orFirst).orElseGet(this::first);
    }

    String names() {
        return all.stream().map(Voice::id).collect(Collectors.joining(", "));
    }
}
