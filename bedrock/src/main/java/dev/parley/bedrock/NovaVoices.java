package dev.parley.bedrock;

import dev.parley.voice.SpeechModel.Voice;
import java.util.List;
import java.util.stream.Stream;

/** The voices of the models. Which languages a voice speaks is documented; that all of Nova 2's speak English too is what was seen. */
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

    /** Those of the voices; Nova 2 speaks Hindi too, with the voices from India. */
    static List<String> languages(String modelId) {
        Stream<String> more = of(modelId).equals(SECOND) ? Stream.of("hi-IN") : Stream.empty();
        return Stream.concat(of(modelId).stream().map(Voice::language), more).distinct().toList();
    }

    /** The id if the model has it, else the model's first. */
    static String orFirst(String modelId, String voiceId) {
        Stream<String> ids = of(modelId).stream().map(Voice::id);
        return ids.anyMatch(voiceId::equals) ? voiceId : of(modelId).getFirst().id();
    }

    private static Voice voice(String id, String language) {
        return new Voice(id, Character.toUpperCase(id.charAt(0)) + id.substring(1), language);
    }
}
