package dev.parley.nova;

import dev.parley.voice.ModelEvent.Usage;
import java.util.HashMap;
import java.util.Map;

/** Adds up the tokens of all streams, each of which counts its own from zero. Not thread-safe. */
final class UsageTotal {

    private final Map<Integer, Usage> open = new HashMap<>();
    private Usage ended = new Usage(0, 0, 0, 0);

    /** Takes the count of one stream so far and returns the total of all. */
    Usage of(int stream, Usage total) {
        open.put(stream, total);
        return open.values().stream().reduce(ended, UsageTotal::plus);
    }

    /** Notes that the stream counts no more. */
    void ended(int stream) {
        Usage last = open.remove(stream);
        ended = last == null ? ended : plus(ended, last);
    }

    private static Usage plus(Usage a, Usage b) {
        return new Usage(a.inputSpeech() + b.inputSpeech(), a.inputText() + b.inputText(),
                a.outputSpeech() + b.outputSpeech(), a.outputText() + b.outputText());
    }
}
