package dev.parley.emulator;

import dev.parley.nova.event.InputEvent;
import dev.parley.nova.event.InputEvent.Body;
import dev.parley.nova.event.InputEvent.ContentStart;
import dev.parley.nova.event.OutputEvent;
import dev.parley.nova.event.OutputEvent.Role;
import dev.parley.voice.ModelEvent.Stage;
import dev.parley.voice.ModelEvent.StopReason;
import dev.parley.voice.ModelEvent.Usage;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Replies without a model, always in the same way. An utterance is transcribed as its pitch: {@code I hear 440 hertz}. Speech and typed
 * text are repeated: {@code You said: …}, with a second of speech for every two words. {@code use NAME {"some":"arguments"}} calls a tool
 * and repeats its result. A user who speaks during a reply interrupts it.
 */
public final class ScriptedMind implements Mind {

    private static final int RATE = 24_000;
    private static final int PIECE_BYTES = RATE / 10 * 2;
    private static final int MAX_TEXT = 100_000;

    private final Voice voice;
    private final Later later;
    private final Ear ear = new Ear();
    private final Map<String, StringBuilder> questions = new HashMap<>();
    private final Set<String> microphones = new HashSet<>();
    private int answer;
    private boolean speaking;
    private int heard;
    private int said;

    public ScriptedMind(Voice voice, Later later) {
        this.voice = voice;
        this.later = later;
    }

    @Override
    public void on(InputEvent event) {
        switch (event) {
            case ContentStart start when start.interactive() && start.role() == InputEvent.Role.USER -> {
                if (start.body() instanceof Body.Audio) {
                    microphones.add(start.content()); // any other audio is silently ignored, as the service does
                } else {
                    questions.put(start.content(), new StringBuilder());
                }
            }
            case InputEvent.TextInput(var _prompt, var content, var text) -> {
                StringBuilder question = questions.get(content);
                if (question != null && question.length() < MAX_TEXT) {
                    question.append(text);
                }
            }
            case InputEvent.ContentEnd(var _prompt, var content) -> {
                StringBuilder question = questions.remove(content);
                if (question != null) {
                    interrupt();
                    answer(question.toString());
                }
            }
            case InputEvent.AudioInput(var _prompt, var content, var pcm) -> {
                if (microphones.contains(content)) {
                    hear(pcm);
                }
            }
            case InputEvent.ToolResult(var _prompt, var _content, var json) ->
                say("The tool answered: " + json);
            case ContentStart _other -> {}
            case InputEvent.SessionStart _start -> {}
            case InputEvent.PromptStart _start -> {}
            case InputEvent.PromptEnd _end -> {}
            case InputEvent.SessionEnd _end -> {}
        }
    }

    @Override
    public void close() {
        answer++;
    }

    private void hear(byte[] pcm) {
        heard += pcm.length;
        ear.hear(pcm).ifPresent(height -> {
            String text = "I hear " + height + " hertz.";
            voice.text(Role.USER, Stage.FINAL, text, StopReason.PARTIAL_TURN);
            answer(text);
        });
        if (speaking && ear.hearing()) {
            interrupt();
        }
    }

    private void interrupt() {
        if (speaking) {
            speaking = false;
            answer++;
            voice.interrupted();
        }
    }

    private void answer(String question) {
        if (question.startsWith("use ")) {
            String[] parts = question.split(" ", 3);
            voice.toolUse(UUID.randomUUID().toString(), parts[1], parts.length < 3 ? "{}" : parts[2]);
        } else {
            say("You said: " + question);
        }
    }

    private void say(String text) {
        speaking = true;
        int number = ++answer;
        voice.text(Role.ASSISTANT, Stage.SPECULATIVE, text, StopReason.PARTIAL_TURN);
        int pieces = Math.min(100, 5 * text.split(" ").length);
        for (int i = 0; i < pieces; i++) {
            voice.speech(tone(i * PIECE_BYTES / 2));
        }
        voice.speechEnds(StopReason.END_TURN);
        said += pieces * PIECE_BYTES;
        later.in(pieces * 100L, () -> {
            if (number == answer) {
                speaking = false;
                voice.text(Role.ASSISTANT, Stage.FINAL, text, StopReason.END_TURN);
                voice.event(new OutputEvent.UsageEvent(new Usage(heard / 1_280, 10, said / 1_920, 10)));
            }
        });
    }

    private static byte[] tone(int from) {
        var pcm = new byte[PIECE_BYTES];
        for (int i = 0; i < PIECE_BYTES / 2; i++) {
            int sample = (int) (3_000 * Math.sin((from + i) * 2 * Math.PI * 300 / RATE));
            pcm[2 * i] = (byte) sample;
            pcm[2 * i + 1] = (byte) (sample >> 8);
        }
        return pcm;
    }
}
