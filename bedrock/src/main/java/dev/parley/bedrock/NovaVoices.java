package dev.parley.bedrock;

import dev.parley.voice.SpeechModel.Voice;
import java.util.List;
import java.util.stream.Stream;

/**
 * Lists the voices and languages of each model. The languages of a voice are documented; that all voices of Nova 2 also speak English was
 * observed.
 */
final class NovaVoices {

    private static final List<Voice> FIRST = List.of(voice("tiffany", "en-US"), voice("matthew", "en-US"),
            voice("amy", "en-GB"), voice("ambre", "fr-FR"), voice("florian", "fr-FR"),
            voice("beatrice", "it-IT"), voice("lorenzo", "it-IT"), voice("greta", "de-DE"),
            voice("lennart", "de-DE"), voice("lupe", "es-ES"), voice("carlos", "es-ES"));

    private static final List<Voice> SECOND = List.of(voice("tiffany", "en-US"), voice("matthew", "en-US"),
            voice("amy", "en-GB"), voice("olivia", "en-AU"), voice("kiara", "en-IN"), voice("arjun", "en-IN"),
            voice("ambre", "fr-FR"), voice("florian", "fr-FR"), voice("tina", "de-DE"),
            voice("lennart", "de-DE"), voice("beatrice", "it-IT"), voice("lorenzo", "it-IT"),
            voice("lupe", "es-ES"), voice("carlos", "es-ES"), voice("carolina", "pt-BR"),
            voice("leo", "pt-BR"));

    private NovaVoices() {}

    static List<Voice> of(String modelId) {
        return modelId.contains("nova-sonic-v1") ? FIRST : SECOND;
    }

    /** Returns the languages of the voices. Nova 2 adds Hindi, which its voices from India speak. */
    static List<String> languages(String modelId) {
        Stream<String> more = of(modelId).equals(SECOND) ? Stream.of("hi-IN") : Stream.empty();
        return Stream.concat(of(modelId).stream().map(Voice::language), more).distinct().toList();
    }

    /** Returns the id if the model has that voice, else the id of the model's first voice. */
    static String orFirst(String modelId, String voiceId) {
        Stream<String> ids = of(modelId).stream().map(Voice::id);
        return ids.anyMatch(voiceId::equals) ? voiceId : of(modelId).getFirst().id();
    }

    private static Voice voice(String id, String language) {
        return new Voice(id, Character.toUpperCase(id.charAt(0)) + id.substring(1), language);
    }
}
