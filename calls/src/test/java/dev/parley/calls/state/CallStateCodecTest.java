package dev.parley.calls.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.assistant.standard.UserTimers.Timer;
import dev.parley.voice.ModelEvent.Usage;
import dev.parley.voice.StreamSettings.Sensitivity;
import dev.parley.voice.contract.SessionConfig;
import dev.parley.voice.contract.SessionConfig.AudioFormat;
import dev.parley.voice.conversation.ConversationState;
import dev.parley.voice.conversation.ConversationState.Sentence;
import dev.parley.voice.conversation.ConversationState.Settings;
import dev.parley.voice.conversation.ConversationState.SpokenTurn;
import dev.parley.voice.conversation.ConversationState.ToolResult;
import dev.parley.voice.conversation.ConversationState.Turns;
import dev.parley.voice.conversation.Turn.Role;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallStateCodecTest {

    /** The state in {@code state-v1.json}, which a server of version 1 wrote. Never change the file: later servers must read it. */
    private static final CallState SAMPLE = new CallState(
            new ConversationState("socket-1", 2,
                    new Settings(
                            new SessionConfig(null, Sensitivity.HIGH, List.of("set_timer"), "reception",
                                    AudioFormat.BINARY, true, true),
                            "reception", "amy", "You are Ada."),
                    true,
                    new Turns(List.of(
                            new SpokenTurn(1, Role.USER, List.of("Book me in on Tuesday."), List.of(), false),
                            new SpokenTurn(2, Role.ASSISTANT, List.of("At what time?"),
                                    List.of(new Sentence("b7", "We open at nine.")), false)),
                            2, false, true),
                    "{\"turn\":1}", List.of(new ToolResult("time", "{}", "{\"time\":\"9:00\"}")), List.of()),
            new CallState.Sent(12, List.of(new CallState.Event(11, "textOutput", "[\"textOutput\",{}]"))),
            new UserItems(
                    List.of(new Timer(3, Duration.ofMinutes(5), "tea", Instant.parse("2026-01-01T12:05:00Z"),
                            "")),
                    3, List.of("The key is under the mat."), Map.of("shopping", List.of("milk", "bread"))),
            Optional.of("20260101T120000-0123456789abcdef"), new Usage(1, 2, 3, 4));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void readsWhatItWrote(long seed) throws MalformedStateException {
        var states = new RandomStates(new SplittableRandom(seed));
        for (int i = 0; i < 200; i++) {
            CallState state = states.next();
            assertThat(CallStateCodec.decode(CallStateCodec.encode(state))).isEqualTo(state);
        }
    }

    @Test
    void readsTheStoredSampleOfVersionOne() throws Exception {
        assertThat(CallStateCodec.decode(withVersion(1, sample()))).isEqualTo(SAMPLE);
    }

    @Test
    void unknownMembersAreIgnoredAndMissingOnesHaveDefaults() throws MalformedStateException {
        CallState least = CallStateCodec
                .decode(withVersion(1, "{\"later\":1,\"conversation\":{\"id\":\"s\",\"turns\":{}}}"));
        assertThat(least.conversation().id()).isEqualTo("s");
        assertThat(least.conversation().turns().all()).isEmpty();
        assertThat(least.used()).isEqualTo(new Usage(0, 0, 0, 0));
        assertThat(least.transcript()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 127, -1})
    void otherVersionsAreRejected(int version) throws IOException {
        byte[] bytes = withVersion(version, sample());
        assertThatThrownBy(() -> CallStateCodec.decode(bytes)).isInstanceOf(MalformedStateException.class)
                .hasMessageContaining("version");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void hostileBytesAreRejectedOrAState(long seed) throws IOException {
        var random = new SplittableRandom(seed);
        byte[] good = withVersion(1, sample());
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = Arrays.copyOf(good, 1 + random.nextInt(good.length));
            for (int changes = random.nextInt(5); changes > 0; changes--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                assertThat(CallStateCodec.decode(bytes)).isNotNull();
            } catch (MalformedStateException rejected) {
                assertThat(rejected.getMessage()).startsWith("the state of a call");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "\"text\"", "{}", "{\"conversation\":1}",
            "{\"conversation\":{\"id\":1,\"turns\":{}}}"})
    void whatIsNoStateIsRejected(String json) {
        assertThatThrownBy(() -> CallStateCodec.decode(withVersion(1, json)))
                .isInstanceOf(MalformedStateException.class);
    }

    @Test
    void tooManyBytesAndTooDeepOnesAreRejected() {
        assertThatThrownBy(() -> CallStateCodec.decode(new byte[CallStateCodec.MAX_BYTES + 1]))
                .isInstanceOf(MalformedStateException.class);
        assertThatThrownBy(() -> CallStateCodec.decode(withVersion(1, "[".repeat(10_000))))
                .isInstanceOf(MalformedStateException.class);
    }

    @Test
    void largeStateOmitsOldestEventsAndTurns() throws MalformedStateException {
        String long1 = "x".repeat(40_000);
        var turns = IntStream.rangeClosed(1, 20)
                .mapToObj(number -> new SpokenTurn(number, Role.USER, List.of(long1), List.of(), false))
                .toList();
        var large = new CallState(
                new ConversationState("s", 1, SAMPLE.conversation().settings(), true,
                        new Turns(turns, 20, false, false), "", List.of(), List.of()),
                new CallState.Sent(9, List.of(new CallState.Event(9, "textOutput", long1))), SAMPLE.items(),
                SAMPLE.transcript(), SAMPLE.used());

        byte[] bytes = CallStateCodec.encode(large);

        assertThat(bytes.length).isLessThanOrEqualTo(CallStateCodec.MAX_BYTES);
        CallState kept = CallStateCodec.decode(bytes);
        assertThat(kept.link().events()).isEmpty();
        assertThat(kept.link().count()).isEqualTo(9);
        assertThat(kept.conversation().turns().all()).isNotEmpty()
                .last()
                .extracting(SpokenTurn::number)
                .isEqualTo(20);
    }

    @Test
    void toolResultsAndSnapshotAreLeftOutBeforeTheLastTurns() throws MalformedStateException {
        CallState kept = CallStateCodec
                .decode(CallStateCodec.encode(large("x".repeat(300_000), "y".repeat(100_000), "")));

        assertThat(kept.conversation().found()).isEmpty();
        assertThat(kept.conversation().snapshot()).isEmpty();
        assertThat(kept.conversation().turns()).isEqualTo(SAMPLE.conversation().turns());
    }

    @Test
    void stateThatCannotBeShortenedIsNotWritten() {
        var large = large("", "", "z".repeat(CallStateCodec.MAX_BYTES));

        assertThatThrownBy(() -> CallStateCodec.encode(large)).isInstanceOf(IllegalArgumentException.class);
    }

    private static CallState large(String snapshot, String found, String prompt) {
        var settings = SAMPLE.conversation().settings();
        return new CallState(new ConversationState("s", 1,
                new Settings(settings.config(), settings.persona(), settings.voice(), prompt), true,
                SAMPLE.conversation().turns(), snapshot, List.of(new ToolResult("time", "{}", found)),
                List.of()), SAMPLE.link(), SAMPLE.items(), SAMPLE.transcript(), SAMPLE.used());
    }

    private static String sample() throws IOException {
        try (InputStream file = Objects
                .requireNonNull(CallStateCodecTest.class.getResourceAsStream("state-v1.json"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static byte[] withVersion(int version, String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = new byte[body.length + 1];
        bytes[0] = (byte) version;
        System.arraycopy(body, 0, bytes, 1, body.length);
        return bytes;
    }
}
