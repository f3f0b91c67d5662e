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
import java.util.regex.Pattern;

/**
 * Replies without a model, always in the same way. An utterance is transcribed as its pitch: {@code I hear 440 hertz}. Speech and typed
 * text are repeated: {@code You said: …}, with a second of speech for every two words, sent twice as fast as it is heard. {@code use NAME
 * {"some":"arguments"}} calls a tool and repeats its result. A user who speaks during a reply interrupts it. Asked to go on with a reply
 * after its last words, it does so: it knows the last question from its history.
 */
public final class ScriptedMind implements Mind {

    private static final int RATE = 24_000;
    private static final int PIECE_BYTES = RATE / 10 * 2;
    private static final int MAX_TEXT = 100_000;
    private static final int PIECE_MILLIS = 100;
    private static final int AT_ONCE = 5;
    private static final String REPLY = "You said: ";
    private static final Pattern GO_ON = Pattern
            .compile("You were cut off .* Your last words were: \"(.*)\"");

    private final Voice voice;
    private final Later later;
    private final Ear ear = new Ear();
    private final Map<String, StringBuilder> questions = new HashMap<>();
    private final Map<String, StringBuilder> history = new HashMap<>();
    private String lastQuestion = "";
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
            case ContentStart start when start.role() == InputEvent.Role.USER ->
                history.put(start.content(), new StringBuilder());
            case InputEvent.TextInput(var _prompt, var content, var text) -> {
                StringBuilder question = questions.getOrDefault(content, history.get(content));
                if (question != null && question.length() < MAX_TEXT) {
                    question.append(text);
                }
            }
            case InputEvent.ContentEnd(var _prompt, var content) -> {
                StringBuilder said = history.remove(content);
                if (said != null) {
                    lastQuestion = said.toString();
                }
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
        var goOn = GO_ON.matcher(question);
        if (goOn.matches()) {
            String whole = REPLY + lastQuestion;
            String last = goOn.group(1).replace("\\\"", "\"").replace("\\\\", "\\"); // a JSON string
            int at = whole.indexOf(last);
            say(at < 0 ? "I do not know what I said." : whole.substring(at + last.length()).strip());
            return;
        }
        lastQuestion = question;
        if (question.startsWith("use ")) {
            String[] parts = question.split(" ", 3);
            voice.toolUse(UUID.randomUUID().toString(), parts[1], parts.length < 3 ? "{}" : parts[2]);
        } else {
            say(REPLY + question);
        }
    }

    private void say(String text) {
        speaking = true;
        int number = ++answer;
        voice.text(Role.ASSISTANT, Stage.SPECULATIVE, text, StopReason.PARTIAL_TURN);
        int pieces = Math.min(100, 5 * text.split(" ").length);
        said += pieces * PIECE_BYTES;
        speak(number, 0, pieces);
        later.in((long) pieces * PIECE_MILLIS, () -> {
            if (number == answer) {
                speaking = false;
                voice.text(Role.ASSISTANT, Stage.FINAL, text, StopReason.END_TURN);
                voice.event(new OutputEvent.UsageEvent(new Usage(heard / 1_280, 10, said / 1_920, 10)));
            }
        });
    }

    /** Sends the speech from this piece on, while the reply is not interrupted. */
    private void speak(int number, int from, int pieces) {
        if (number != answer) {
            return;
        }
        int to = Math.min(pieces, from == 0 ? AT_ONCE : from + 2);
        for (int i = from; i < to; i++) {
            voice.speech(tone(i * PIECE_BYTES / 2));
        }
        if (to < pieces) {
            later.in(PIECE_MILLIS, () -> speak(number, to, pieces));
        } else {
            voice.speechEnds(StopReason.END_TURN);
        }
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
