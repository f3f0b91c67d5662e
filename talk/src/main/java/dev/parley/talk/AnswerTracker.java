package dev.parley.talk;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tracks the events of the server for one recording and detects the end of the assistant's turn. Time is a parameter, in nanoseconds of one
 * clock.
 *
 * <p>
 * Not thread-safe: {@link TalkSession} guards it. Limits: ten minutes of audio, 1 000 texts; the rest is ignored.
 *
 * <pre>
 * less than AFTER_SPEECH since the end of speech                   not over
 * TEXT FINAL END_TURN of the assistant, then AFTER_TEXT of silence  over
 * AUDIO END_TURN, then its playback and AFTER_AUDIO of silence      over (a server may send the FINAL text late or not at all)
 * no event for {@code patience}                                     over, incomplete
 * </pre>
 */
final class AnswerTracker {
    static final int ANSWER_RATE = 24_000;
    private static final int MAX_ANSWER_BYTES = 2 * ANSWER_RATE * 600;
    private static final int MAX_TEXTS = 1_000;
    private static final long MILLI = 1_000_000L;
    /** The server may answer a pause inside the recording; it recognises the rest within this time. */
    private static final long AFTER_SPEECH = 2_000 * MILLI;
    private static final long AFTER_TEXT = 500 * MILLI;
    private static final long AFTER_AUDIO = 2_500 * MILLI;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final long patience;
    private final Map<String, Block> blocks = new HashMap<>();
    private Block latest = new Block("", "", false);
    private final List<String> heard = new ArrayList<>();
    private final List<String> planned = new ArrayList<>();
    private final List<String> spoken = new ArrayList<>();
    private final List<String> tools = new ArrayList<>();
    private final ByteArrayOutputStream answer = new ByteArrayOutputStream();
    private OptionalLong endOfSpeech = OptionalLong.empty();
    private OptionalLong userText = OptionalLong.empty();
    private OptionalLong firstAudio = OptionalLong.empty();
    private long latestEvent;
    private boolean textEnded;
    private boolean audioEnded;
    private boolean interrupted;

    private record Block(String type, String role, boolean speculative) {}

    /** Changes that an event makes to a turn. */
    enum Change {
        NONE,
        HEARD,
        ANSWERED,
        SOUNDED
    }

    AnswerTracker(long now, long patience) {
        this.latestEvent = now;
        this.patience = patience;
    }

    /** Records the end of speech; {@code at} is its time in real time. */
    void endOfSpeech(long at) {
        endOfSpeech = OptionalLong.of(at);
    }

    /** Handles one event with its first argument; ignores events that do not concern a turn. */
    Change on(String event, JsonNode data, byte[] attachment, long now) {
        switch (event) {
            case "contentStart" -> start(data);
            case "textOutput" -> {
                latestEvent = now;
                return text(data, now);
            }
            case "audioOutput" -> {
                latestEvent = now;
                return audio(data, attachment, now);
            }
            case "contentEnd" -> end(data, now);
            case "toolUse" -> add(tools, data.path("toolName").asString(""));
            case "turnSuperseded" -> supersede();
            case "toolResult", "usageEvent", "completionStart" -> {}
            default -> {
                return Change.NONE;
            }
        }
        latestEvent = now;
        return Change.NONE;
    }

    /** The conversation goes on after a lost connection: the silence meanwhile does not count. */
    void resumed(long now) {
        latestEvent = now;
    }

    boolean isOver(long now) {
        if (endOfSpeech.isEmpty() || now - endOfSpeech.getAsLong() < AFTER_SPEECH) {
            return false;
        }
        long quietSince = Math.max(latestEvent, endOfSpeech.getAsLong());
        long playedOut = firstAudio.isPresent() ? Math.max(quietSince, firstAudio.getAsLong() + answerNanos())
                : quietSince;
        return (textEnded && now - quietSince > AFTER_TEXT) || (audioEnded && now - playedOut > AFTER_AUDIO)
                || now - playedOut > patience;
    }

    /** Returns true if the assistant ended its turn. */
    boolean complete() {
        return textEnded || audioEnded;
    }

    boolean interrupted() {
        return interrupted;
    }

    String heard() {
        return String.join(" ", heard);
    }

    /** Returns the final text of the answer, or the speculative text if there is no final one. */
    String answered() {
        return String.join(" ", spoken.isEmpty() ? planned : spoken);
    }

    List<String> tools() {
        return List.copyOf(tools);
    }

    /** Returns the audio of the answer: 24 kHz, mono, 16-bit little-endian. */
    byte[] answer() {
        return answer.toByteArray();
    }

    long answerNanos() {
        return answer.size() / 2 * 1_000_000_000L / ANSWER_RATE;
    }

    /** Returns the time from the end of speech to the last final text of the user; negative if it came earlier. */
    OptionalLong userTextLatency() {
        return since(userText);
    }

    /** Returns the time from the end of speech to the first audio of the answer. */
    OptionalLong firstAudioLatency() {
        return since(firstAudio);
    }

    private OptionalLong since(OptionalLong moment) {
        return moment.isPresent() && endOfSpeech.isPresent()
                ? OptionalLong.of(moment.getAsLong() - endOfSpeech.getAsLong())
                : OptionalLong.empty();
    }

    private void start(JsonNode data) {
        boolean speculative = data.path("additionalModelFields").asString("").contains("SPECULATIVE");
        latest = new Block(data.path("type").asString(""), data.path("role").asString(""), speculative);
        if (blocks.size() < MAX_TEXTS) {
            blocks.put(id(data), latest);
        }
    }

    private Change text(JsonNode data, long now) {
        String content = data.path("content").asString("").strip();
        if (isInterruptionMark(content)) {
            interrupt(now);
            return Change.NONE;
        }
        var block = blocks.getOrDefault(id(data), latest);
        if (data.path("role").asString(block.role()).equals("USER")) {
            if (block.speculative()) {
                return Change.NONE;
            }
            add(heard, content);
            userText = OptionalLong.of(now);
            resetAnswer();
            return Change.HEARD;
        }
        add(block.speculative() ? planned : spoken, content);
        return Change.ANSWERED;
    }

    /** Discards the last text of the user and its answer: the whole sentence follows as a new text. */
    private void supersede() {
        if (!heard.isEmpty()) {
            heard.removeLast();
        }
        resetAnswer();
    }

    /** Discards the answer so far: a new text of the user starts another one. */
    private void resetAnswer() {
        planned.clear();
        spoken.clear();
        answer.reset();
        firstAudio = OptionalLong.empty();
        textEnded = false;
        audioEnded = false;
        interrupted = false;
    }

    private Change audio(JsonNode data, byte[] attachment, long now) {
        byte[] pcm = attachment.length > 0 ? attachment : decode(data.path("content").asString(""));
        if (firstAudio.isEmpty() && pcm.length > 0) {
            firstAudio = OptionalLong.of(now);
        }
        answer.write(pcm, 0, Math.min(pcm.length, MAX_ANSWER_BYTES - answer.size()));
        return Change.SOUNDED;
    }

    private void end(JsonNode data, long now) {
        var block = blocks.getOrDefault(id(data), latest);
        blocks.remove(id(data));
        String stop = data.path("stopReason").asString("");
        String type = data.path("type").asString(block.type());
        if (stop.equals("INTERRUPTED")) {
            interrupt(now);
        } else if (stop.equals("END_TURN") && type.equals("AUDIO")) {
            audioEnded = true;
        } else if (stop.equals("END_TURN") && type.equals("TEXT") && block.role().equals("ASSISTANT")
                && !block.speculative()) {
            textEnded = true;
        }
    }

    /** Ends the answer and drops audio that was not played yet, as a browser does. */
    private void interrupt(long now) {
        interrupted = true;
        audioEnded = true;
        if (firstAudio.isPresent()) {
            long played = (now - firstAudio.getAsLong()) * ANSWER_RATE / 1_000_000_000L * 2;
            if (played < answer.size()) {
                byte[] all = answer.toByteArray();
                answer.reset();
                answer.write(all, 0, (int) Math.max(0, played));
            }
        }
    }

    private static void add(List<String> texts, String text) {
        if (!text.isBlank() && texts.size() < MAX_TEXTS) {
            texts.add(text);
        }
    }

    private static String id(JsonNode data) {
        return data.path("contentId").asString("");
    }

    private static byte[] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException _bad) {
            return new byte[0];
        }
    }

    private static boolean isInterruptionMark(String content) {
        if (!content.startsWith("{") || content.length() > 100) {
            return false;
        }
        try {
            return JSON.readTree(content).path("interrupted").asBoolean(false);
        } catch (JacksonException _notJson) {
            return false;
        }
    }
}
