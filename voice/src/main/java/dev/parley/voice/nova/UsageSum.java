package dev.parley.voice.nova;

import dev.parley.voice.ModelEvent.Usage;
import java.util.HashMap;
import java.util.Map;

/** Each stream counts its own tokens from nought; this is the count of all. Not thread-safe. */
final class UsageSum {

    private final Map<Integer, Usage> open = new HashMap<>();
    private Usage ended = new Usage(0, 0, 0, 0);

    /** What this stream has used so far; answers what all have. */
    Usage of(int stream, Usage total) {
        open.put(stream, total);
        return open.values().stream().reduce(ended, UsageSum::plus);
    }

    /** The stream will count no more. */
    void ended(int stream) {
        Usage last = open.remove(stream);
        ended = last == null ? ended : plus(ended, last);
    }

    private static Usage plus(Usage a, Usage b) {
        return new Usage(a.inputSpeech() + b.inputSpeech(), a.inputText() + b.inputText(),
                a.outputSpeech() + b.outputSpeech(), a.outputText() + b.outputText());
    }
}
