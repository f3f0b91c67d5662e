package dev.parley.speech;

import dev.parley.speech.turn.Pauses;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Options of the embedded model.
 *
 * @param models     folder that build/fetch fills
 * @param voice      id of the default voice; "" or an id that this machine lacks: the most intelligible
 * @param maxStreams maximum number of concurrent conversations; a core carries about four
 * @param decoders   concurrent recognitions, each on a thread of its own; more than cores only makes each slower
 * @param pauses     silence that ends the user's turn at {@code Sensitivity.MEDIUM}; HIGH takes 0.8 of it, LOW twice
 * @param toolWait   timeout of a tool that an answer waits for
 * @param loadWait   timeout of a stream that waits for the models to be loaded; it then fails as busy
 */
public record EmbeddedOptions(Path models, String voice, int maxStreams, int decoders, Pauses pauses,
        Duration toolWait, Duration loadWait) {

    public EmbeddedOptions {
        if (maxStreams < 1 || decoders < 1) {
            throw new IllegalArgumentException("at least one stream and one decoder are needed");
        }
    }

    /** Returns options with four streams and one decoder per core, 15 s for tools and 30 s for loading. */
    public static EmbeddedOptions defaults(Path models) {
        int cores = Runtime.getRuntime().availableProcessors();
        return new EmbeddedOptions(models, "", 4 * cores, cores, Pauses.defaults(), Duration.ofSeconds(15),
                Duration.ofSeconds(30));
    }

    public EmbeddedOptions withVoice(String id) {
        return new EmbeddedOptions(models, id, maxStreams, decoders, pauses, toolWait, loadWait);
    }

    public EmbeddedOptions withMaxStreams(int streams) {
        return new EmbeddedOptions(models, voice, streams, decoders, pauses, toolWait, loadWait);
    }

    public EmbeddedOptions withPauses(Pauses silences) {
        return new EmbeddedOptions(models, voice, maxStreams, decoders, silences, toolWait, loadWait);
    }

    public EmbeddedOptions withToolWait(Duration wait) {
        return new EmbeddedOptions(models, voice, maxStreams, decoders, pauses, wait, loadWait);
    }

    public EmbeddedOptions withLoadWait(Duration wait) {
        return new EmbeddedOptions(models, voice, maxStreams, decoders, pauses, toolWait, wait);
    }
}
