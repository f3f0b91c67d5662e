package dev.parley.nova;

import dev.parley.nova.event.InputEvent;
import dev.parley.nova.event.InputEvent.Body;
import dev.parley.nova.event.OutputEvent;
import dev.parley.nova.event.OutputEvent.Role;
import dev.parley.voice.ModelEvent.Stage;
import dev.parley.voice.ModelEvent.StopReason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One stream of a service that understands questions by their number, which is in the audio, and has one answer to each. It does what it is
 * asked in words: goes on with an answer after the last words, and uses no tool whose result is in its history.
 */
final class ImaginaryService {

    /** Length of a question, in pieces of 32 ms. */
    static final int QUESTION = 30;
    /** Number of words in an answer. */
    static final int WORDS = 13;
    static final Duration WORD = Duration.ofMillis(400);
    private static final int AUDIO_PIECE_MILLIS = 100;
    private static final byte[] LOUD = ChainScript.pcm(true);
    private static final byte[] QUIET = ChainScript.pcm(false);

    private final Duration pause;
    private final Set<Integer> withTool;
    private final List<Timed> due = new ArrayList<>();
    private final Map<String, String> blocks = new HashMap<>();
    private final Set<String> interactive = new HashSet<>();
    private final StringBuilder history = new StringBuilder();
    private final int number;
    private Instant now = Instant.MIN;
    private Instant busyUntil = Instant.MIN;
    private int names;
    private int question;
    private int loud;
    private int quiet;
    private int usingFor;
    boolean silent;

    private record Timed(Instant at, OutputEvent event) {}

    /** @param pause silence after which a question is complete */
    ImaginaryService(int number, Duration pause, Set<Integer> withTool) {
        this.number = number;
        this.pause = pause;
        this.withTool = withTool;
    }

    static String text(int question) {
        return "Question " + question + ".";
    }

    static String answer(int question) {
        return "Answer " + question + " has some words in it, and then it ends with " + question + ".";
    }

    /** A piece of this question, or of silence if it is 0. */
    static byte[] pcm(int question) {
        byte[] pcm = (question > 0 ? LOUD : QUIET).clone();
        pcm[0] = (byte) question;
        return pcm;
    }

    void on(InputEvent event, Instant at) {
        now = at;
        if (silent) {
            return;
        }
        switch (event) {
            case InputEvent.ContentStart start when start.body() instanceof Body.Text -> {
                blocks.put(start.content(), "");
                if (start.interactive()) {
                    interactive.add(start.content());
                }
            }
            case InputEvent.TextInput text -> blocks.merge(text.content(), text.text(), String::concat);
            case InputEvent.ContentEnd end when blocks.containsKey(end.content()) -> {
                if (interactive.contains(end.content())) {
                    typed(blocks.getOrDefault(end.content(), ""));
                } else {
                    history.append(blocks.getOrDefault(end.content(), "")).append('\n');
                }
            }
            case InputEvent.AudioInput audio -> hear(audio.pcm());
            case InputEvent.ToolResult _result -> speak(answer(usingFor), 300);
            default -> {}
        }
    }

    private void hear(byte[] pcm) {
        int heard = pcm[0];
        if (heard > 0) {
            loud = heard == question ? loud + 1 : 1;
            question = heard;
            quiet = 0;
        } else if (question > 0 && ++quiet * 32L >= pause.toMillis()) {
            String text = loud == QUESTION ? text(question) : loud + " pieces of " + question;
            block(OutputEvent.Type.TEXT, Role.USER, Optional.of(Stage.FINAL), text, StopReason.PARTIAL_TURN,
                    60);
            reply(question);
            question = 0;
        }
    }

    private void typed(String text) {
        if (text.startsWith("You were cut off")) {
            goOn(text.substring(text.indexOf("were: \"") + 7, text.length() - 1));
        } else {
            questions(text).forEach(this::reply);
        }
    }

    /** Goes on with the answer to the last question of which these are words, and answers those that were asked with it. */
    private void goOn(String last) {
        List<Integer> asked = questions(history.toString()
                .lines()
                .filter(line -> line.startsWith("Question "))
                .reduce("", (_earlier, line) -> line));
        int to = asked.stream().filter(one -> answer(one).contains(last)).findFirst().orElse(0);
        int at = answer(to).indexOf(last);
        speak(at < 0 ? "I do not know what I said." : answer(to).substring(at + last.length()).strip(), 500);
        asked.subList(asked.indexOf(to) + 1, asked.size()).forEach(this::reply);
    }

    private static List<Integer> questions(String text) {
        return Pattern.compile("Question (\\d+)")
                .matcher(text)
                .results()
                .map(found -> Integer.parseInt(found.group(1)))
                .toList();
    }

    private void reply(int to) {
        boolean known = history.toString().contains(text(to) + "\nI have already used the tool");
        if (withTool.contains(to) && !known) {
            usingFor = to;
            String id = "use-" + number + "-" + to;
            at(300, new OutputEvent.ToolUse(id, id, "look-up", "{\"question\":" + to + "}"));
        } else {
            speak(answer(to), 500);
        }
    }

    private void speak(String text, int wait) {
        int millis = (int) WORD.toMillis() * (1 + (int) text.chars().filter(one -> one == ' ').count());
        Instant begins = now.plusMillis(wait);
        if (begins.isBefore(busyUntil)) {
            begins = busyUntil;
        }
        busyUntil = begins.plusMillis(100 + millis);
        int in = (int) Duration.between(now, begins).toMillis();
        block(OutputEvent.Type.TEXT, Role.ASSISTANT, Optional.of(Stage.SPECULATIVE), text,
                StopReason.PARTIAL_TURN, in);
        String id = name();
        at(in + 60,
                new OutputEvent.ContentStart(id, OutputEvent.Type.AUDIO, Role.ASSISTANT, Optional.empty()));
        for (int from = 0; from < millis; from += AUDIO_PIECE_MILLIS) { // twice as fast as it is heard
            at(in + 60 + from / 2, new OutputEvent.AudioOutput(id, new byte[AUDIO_PIECE_MILLIS * 48]));
        }
        at(in + 60 + millis / 2, new OutputEvent.ContentEnd(id, OutputEvent.Type.AUDIO, StopReason.END_TURN));
        block(OutputEvent.Type.TEXT, Role.ASSISTANT, Optional.of(Stage.FINAL), text, StopReason.END_TURN,
                in + 60 + millis);
    }

    private void block(OutputEvent.Type type, Role role, Optional<Stage> stage, String text, StopReason stop,
            int in) {
        String id = name();
        at(in, new OutputEvent.ContentStart(id, type, role, stage));
        at(in, new OutputEvent.TextOutput(id, role, text));
        at(in, new OutputEvent.ContentEnd(id, type, stop));
    }

    private String name() {
        return number + "-" + ++names;
    }

    private void at(int millis, OutputEvent event) {
        due.add(new Timed(now.plusMillis(millis), event));
    }

    /** Takes what the service sends up to this instant, in order. */
    List<OutputEvent> sent(Instant until) {
        List<Timed> ready = due.stream().filter(one -> !silent && !one.at().isAfter(until)).toList();
        due.removeAll(ready);
        return ready.stream().sorted(Comparator.comparing(Timed::at)).map(Timed::event).toList();
    }
}
