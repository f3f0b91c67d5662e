package dev.parley.app;

import dev.parley.voice.ModelCommand;
import dev.parley.voice.ModelEvent;
import dev.parley.voice.ModelStream;
import dev.parley.voice.SpeechModel;
import dev.parley.voice.StreamSettings;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Restricts a model to some languages: its first voice speaks the first language, and every prompt ends with an instruction about the
 * languages. All other calls go to the model unchanged. Thread-safe if the model is.
 */
final class Languages implements SpeechModel {

    private final SpeechModel model;
    private final String instruction;
    private final List<Voice> voices;

    private Languages(SpeechModel model, List<String> wanted) {
        this.model = model;
        this.instruction = instruction(wanted);
        this.voices = model.voices()
                .stream()
                .sorted(Comparator.comparingInt(voice -> distance(voice.language(), wanted.getFirst())))
                .toList();
    }

    /**
     * Returns the model restricted to these languages; returns it unchanged if there are none.
     *
     * @throws StartException if it does not speak one of them; the message lists the languages of the model
     */
    static SpeechModel of(List<String> wanted, SpeechModel model) {
        for (String tag : wanted) {
            if (model.languages().stream().noneMatch(one -> language(one).equals(language(tag)))) {
                throw new StartException("languages: the model does not speak " + name(tag) + " (" + tag
                        + "); it speaks " + String.join(", ", model.languages()));
            }
        }
        return wanted.isEmpty() ? model : new Languages(model, wanted);
    }

    private static String instruction(List<String> wanted) {
        String first = name(wanted.getFirst());
        if (wanted.size() == 1) {
            return "Speak " + first + ", whatever language the user speaks.";
        }
        return "Speak " + first + ". When the user speaks another of these languages, answer in that one: "
                + wanted.stream().map(Languages::name).collect(Collectors.joining(", ")) + ".";
    }

    /** Returns the distance of a voice from a language: same tag, same language, an Indian voice for Hindi, any other. */
    private static int distance(String voice, String wanted) {
        if (voice.equalsIgnoreCase(wanted)) {
            return 0;
        }
        if (language(voice).equals(language(wanted))) {
            return 1;
        }
        return voice.endsWith("-IN") && language(wanted).equals("hi") ? 2 : 3;
    }

    private static String language(String tag) {
        return Locale.forLanguageTag(tag).getLanguage();
    }

    private static String name(String tag) {
        return Locale.forLanguageTag(tag).getDisplayName(Locale.ENGLISH);
    }

    @Override
    public String name() {
        return model.name();
    }

    @Override
    public List<Voice> voices() {
        return voices;
    }

    @Override
    public List<String> languages() {
        return model.languages();
    }

    @Override
    public boolean billed() {
        return model.billed();
    }

    @Override
    public boolean renewsStreams() {
        return model.renewsStreams();
    }

    @Override
    public boolean takesText() {
        return model.takesText();
    }

    @Override
    public ModelStream open(StreamSettings settings, Consumer<ModelEvent> events) {
        ModelStream stream = model.open(settings, events);
        return command -> stream.send(command instanceof ModelCommand.SystemPrompt(var text)
                ? new ModelCommand.SystemPrompt(text + "\n\n" + instruction)
                : command);
    }

    @Override
    public void close() {
        model.close();
    }
}
