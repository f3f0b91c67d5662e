package dev.parley.talk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class AnswerTrackerTest {
    private static final long SECOND = 1_000_000_000L;
    private static final byte[] NONE = new byte[0];

    private final AnswerTracker log = new AnswerTracker(0, 15 * SECOND);

    private AnswerTracker.Change event(double seconds, String name, String json) {
        return log.on(name, JsonMapper.shared().readTree(json.replace('\'', '"')), NONE, at(seconds));
    }

    private static long at(double seconds) {
        return Math.round(seconds * SECOND);
    }

    private void block(double seconds, String id, String role, String stage, String text, String stop) {
        event(seconds, "contentStart", "{'contentId':'" + id + "','type':'TEXT','role':'" + role
                + "','additionalModelFields':'{\\'generationStage\\':\\'" + stage + "\\'}'}");
        event(seconds, "textOutput",
                "{'contentId':'" + id + "','role':'" + role + "','content':'" + text + "'}");
        event(seconds, "contentEnd", "{'contentId':'" + id + "','type':'TEXT','stopReason':'" + stop + "'}");
    }

    private void sound(double seconds, String id, double length, String stop) {
        String pcm = Base64.getEncoder().encodeToString(new byte[2 * (int) (24_000 * length)]);
        event(seconds, "contentStart", "{'contentId':'" + id + "','type':'AUDIO','role':'ASSISTANT'}");
        event(seconds, "audioOutput", "{'contentId':'" + id + "','content':'" + pcm + "'}");
        if (!stop.isEmpty()) {
            event(seconds, "contentEnd",
                    "{'contentId':'" + id + "','type':'AUDIO','stopReason':'" + stop + "'}");
        }
    }

    @Test
    void latencyCountsFromTheEndOfSpeech() {
        log.endOfSpeech(at(10));
        block(10.3, "u", "USER", "FINAL", "what time is it", "PARTIAL_TURN");
        event(10.4, "toolUse", "{'contentId':'t','toolName':'clock','toolUseId':'1','content':'{}'}");
        block(10.5, "s1", "ASSISTANT", "SPECULATIVE", "It is noon.", "END_TURN");
        sound(10.6, "a1", 2, "END_TURN");
        assertThat(log.isOver(at(12.7))).isFalse();
        block(12.6, "f1", "ASSISTANT", "FINAL", "It is noon.", "END_TURN");
        assertThat(log.isOver(at(13.05))).isFalse();
        assertThat(log.isOver(at(13.2))).isTrue();
        assertThat(log.heard()).isEqualTo("what time is it");
        assertThat(log.answered()).isEqualTo("It is noon.");
        assertThat(log.tools()).containsExactly("clock");
        assertThat(log.userTextLatency()).hasValue(at(0.3));
        assertThat(log.firstAudioLatency()).hasValue(at(0.6));
        assertThat(log.answerNanos()).isEqualTo(2 * SECOND);
        assertThat(log.complete()).isTrue();
        assertThat(log.interrupted()).isFalse();
    }

    @Test
    void withoutFinalTextTurnEndsAfterPlayback() {
        log.endOfSpeech(at(1));
        block(1.2, "u", "USER", "FINAL", "tell me", "PARTIAL_TURN");
        block(1.3, "s", "ASSISTANT", "SPECULATIVE", "A long story.", "PARTIAL_TURN");
        sound(1.5, "a", 10, "END_TURN");
        assertThat(log.isOver(at(13.9))).isFalse();
        assertThat(log.isOver(at(14.1))).isTrue();
        assertThat(log.answered()).isEqualTo("A long story.");
    }

    @Test
    void supersededTextIsReplacedByTheWholeSentence() {
        block(1, "u1", "USER", "FINAL", "Hello.", "PARTIAL_TURN");
        block(2, "u2", "USER", "FINAL", "Press one", "PARTIAL_TURN");
        block(2.1, "s1", "ASSISTANT", "SPECULATIVE", "Which one?", "PARTIAL_TURN");
        event(3, "turnSuperseded", "{}");
        assertThat(log.heard()).isEqualTo("Hello.");
        assertThat(log.answered()).isEmpty();
        block(3, "u3", "USER", "FINAL", "Press one to listen.", "PARTIAL_TURN");
        assertThat(log.heard()).isEqualTo("Hello. Press one to listen.");
    }

    @Test
    void answerInsideAPauseIsDiscarded() {
        block(2, "u1", "USER", "FINAL", "hello", "PARTIAL_TURN");
        block(2.1, "s1", "ASSISTANT", "SPECULATIVE", "Hi!", "PARTIAL_TURN");
        sound(2.2, "a1", 1, "END_TURN");
        log.endOfSpeech(at(5));
        block(5.4, "u2", "USER", "FINAL", "and good bye", "PARTIAL_TURN");
        assertThat(log.firstAudioLatency()).isEmpty();
        sound(5.9, "a2", 1, "END_TURN");
        assertThat(log.heard()).isEqualTo("hello and good bye");
        assertThat(log.firstAudioLatency()).hasValue(at(0.9));
        assertThat(log.answerNanos()).isEqualTo(SECOND);
    }

    @Test
    void interruptedAnswerKeepsPlayedAudio() {
        log.endOfSpeech(at(1));
        block(1.2, "u", "USER", "FINAL", "go on", "PARTIAL_TURN");
        sound(2, "a", 10, "");
        event(2.5, "textOutput",
                "{'contentId':'x','role':'ASSISTANT','content':'{ \\'interrupted\\' : true }'}");
        event(2.5, "contentEnd", "{'contentId':'x','type':'TEXT','stopReason':'INTERRUPTED'}");
        assertThat(log.interrupted()).isTrue();
        assertThat(log.answerNanos()).isEqualTo(SECOND / 2);
        assertThat(log.answered()).isEmpty();
    }

    @Test
    void silentServerEndsTheTurn() {
        assertThat(log.isOver(at(100))).isFalse();
        log.endOfSpeech(at(100));
        assertThat(log.isOver(at(114))).isFalse();
        assertThat(log.isOver(at(115.1))).isTrue();
        assertThat(log.complete()).isFalse();
    }

    @Test
    void binaryAudioIsAcceptedAndInvalidAudioIgnored() {
        log.endOfSpeech(0);
        log.on("audioOutput", JsonMapper.shared().readTree("{}"), new byte[480], at(1));
        event(1.1, "audioOutput", "{'content':'!!!'}");
        event(1.2, "somethingElse", "{'content':'AAAA'}");
        assertThat(log.answer()).hasSize(480);
    }
}
