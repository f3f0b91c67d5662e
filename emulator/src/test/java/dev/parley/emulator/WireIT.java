package dev.parley.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the emulator with a client that breaks the rules of the wire, which the SDK never does. */
@Tag("real-time")
class WireIT {

    private static final String SESSION = """
            {"event":{"sessionStart":{"inferenceConfiguration":{"maxTokens":1024,"topP":0.9,"temperature":0.7}}}}""";

    private final Emulator emulator = Emulator.start(EmulatorOptions.defaults().withPort("127.0.0.1", 0),
            ScriptedMind::new);

    @AfterEach
    void nothingIsLeft() {
        // The emulator notices on its own event loop that the client has gone.
        await().atMost(Duration.ofSeconds(60)).until(() -> emulator.openStreams() == 0);
        emulator.close();
    }

    @Test
    void responseHeadersComeWithTheFirstEvent() throws Exception {
        try (var caller = Caller.now(emulator.port())) {
            Thread.sleep(500);
            assertThat(caller.answered()).isFalse();

            caller.send(caller.signed(SESSION));

            assertThat(caller.answer().statusCode()).isEqualTo(200);
            caller.end();
            assertThat(caller.frames()).isEmpty();
        }
    }

    @Test
    void portInUseIsOneSentence() {
        var again = EmulatorOptions.defaults().withPort("127.0.0.1", emulator.port());
        assertThatThrownBy(() -> Emulator.start(again, ScriptedMind::new))
                .hasMessage("Port " + emulator.port() + " is already in use. Choose another with --port.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no.such.host.invalid", "192.0.2.1"})
    void unknownAddressIsOneSentence(String host) {
        assertThatThrownBy(
                () -> Emulator.start(EmulatorOptions.defaults().withPort(host, 0), ScriptedMind::new))
                .hasMessage("Host \"" + host
                        + "\" is not an address of this machine. Choose another with --host.");
    }

    @Test
    void messageWithAWrongSignatureIsRefused() throws Exception {
        try (var caller = Caller.now(emulator.port())) {
            Frame good = Frame.decoded(caller.signed(SESSION));
            byte[] other = Frame.decoded(caller.signed(SESSION.replace("0.9", "0.8"))).payload();

            caller.send(new Frame(good.headers(), other).encoded());

            refused(caller, "The signature of an event does not fit.");
        }
    }

    /** Each message signs its predecessor's signature, so a missing message is detected. */
    @Test
    void missingMessageOfTheChainIsDetected() throws Exception {
        try (var caller = Caller.now(emulator.port())) {
            caller.signed(SESSION);

            caller.send(caller.signed(SESSION));

            refused(caller, "The signature of an event does not fit.");
        }
    }

    @Test
    void aWrongChecksumEndsTheStream() throws Exception {
        try (var caller = Caller.now(emulator.port())) {
            byte[] message = caller.signed(SESSION);
            message[message.length - 1] ^= 1;

            caller.send(message);

            refused(caller, "the checksum of a message is wrong");
        }
    }

    @Test
    void truncatedStreamIsRefused() throws Exception {
        try (var caller = Caller.now(emulator.port())) {
            byte[] message = caller.signed(SESSION);

            caller.send(Arrays.copyOf(message, message.length / 2)).end();

            refused(caller, "the stream ends in the middle of a message");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "today", "todayT250000Z", "todayT0500Z", "todayT050000.000Z",
            "20261301T000000Z"})
    void invalidDateIsRefusedAsAnIncompleteSignature(String time) throws Exception {
        String today = Caller.today();
        try (var caller = new Caller(emulator.port(), time.replaceFirst("^today", today), today)) {
            assertThat(caller.answer().statusCode()).isEqualTo(403);
            assertThat(caller.answer().getHeader("x-amzn-errortype"))
                    .isEqualTo("IncompleteSignatureException");
        }
    }

    private static void refused(Caller caller, String sentence) throws Exception {
        List<Frame> frames = caller.frames();
        assertThat(frames).singleElement().satisfies(frame -> {
            assertThat(frame.text(":exception-type")).isEqualTo("validationException");
            assertThat(new String(frame.payload(), UTF_8)).contains(sentence);
        });
    }
}
