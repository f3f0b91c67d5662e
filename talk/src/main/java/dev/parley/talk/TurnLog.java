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
 * What the server told about one recording: a pure listener to the browser contract's events, with time as a parameter in nanoseconds
 * of any one clock. Knows when the assistant's turn is over.
 *
 * <p>
 * Not thread-safe: {@link Call} guards it. Limits: ten minutes of answer, 1 000 texts; what is beyond is left out.
 *
 * <pre>
 * spoken to the end + a little                                no earlier is a turn over
 * TEXT FINAL END_TURN of the assistant, then a short quiet    over
 * AUDIO END_TURN, then its play-out and a longer quiet        over (a server may keep the FINAL text back or leave it out)
 * nothing for as long as patience lasts                       over, incomplete
 * </pre>
 */
final class TurnLog {
    static final int ANSWER_RATE = 24_000;
    private static final int MAX_ANSWER_BYTES = 2 * ANSWER_RATE * 600;
    private static final int MAX_TEXTS = 1_000;
    private static final long MILLI = 1_000_000L;
    /** A pause inside the recording may have been answered; the rest of it is recognised within this time. */
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

    /** The events that say something about a turn. */
    enum Change {
        NONE,
        HEARD,
        ANSWERED,
        SOUNDED
    }

    TurnLog(long now, long patience) {
        this.latestEvent = now;
        this.patience = patience;
    }

    /** The last moment of the recording that is not silent has been sent; {@code at} is when a speaker would have ended. */
    void endOfSpeech(long at) {
        endOfSpeech = OptionalLong.of(at);
    }

    /** Takes one event with its first argument; those that do not concern a turn are passed over. */
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
            case "toolResult", "usageEvent", "completionStart" -> {}
            default -> {
                return Change.NONE;
            }
        }
        latestEvent = now;
        return Change.NONE;
    }

    boolean over(long now) {
        if (endOfSpeech.isEmpty() || now - endOfSpeech.getAsLong() < AFTER_SPEECH) {
            return false;
        }
        long quietSince = Math.max(latestEvent, endOfSpeech.getAsLong());
        long playedOut = firstAudio.isPresent() ? Math.max(quietSince, firstAudio.getAsLong() + answerNanos())
                : quietSince;
        return (textEnded && now - quietSince > AFTER_TEXT) || (audioEnded && now - playedOut > AFTER_AUDIO)
                || now - playedOut > patience;
    }

    /** Whether the assistant said that its turn was over. */
    boolean complete() {
        return textEnded || audioEnded;
    }

    boolean interrupted() {
        return interrupted;
    }

    String heard() {
        return String.join(" ", heard);
    }

    /** What was really spoken if the server told, else what was planned. */
    String answered() {
        return String.join(" ", spoken.isEmpty() ? planned : spoken);
    }

    List<String> tools() {
        return List.copyOf(tools);
    }

    /** The answer's sound: 24 kHz, mono, 16-bit little-endian. */
    byte[] answer() {
        return answer.toByteArray();
    }

    long answerNanos() {
        return answer.size() / 2 * 1_000_000_000L / ANSWER_RATE;
    }

    /** From the end of speech to the last final text of the user; below zero if it came before. */
    OptionalLong userTextLatency() {
        return since(userText);
    }

    /** From the end of speech to the first sound of the answer to it. */
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
        if (marksInterruption(content)) {
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
            forgetAnswer();
            return Change.HEARD;
        }
        add(block.speculative() ? planned : spoken, content);
        return Change.ANSWERED;
    }

    /** A new text of the user makes what was answered before an answer to something else. */
    private void forgetAnswer() {
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

    /** The answer ended where it was; what had not been played by then is dropped, as a browser does. */
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

    private static boolean marksInterruption(String content) {
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
