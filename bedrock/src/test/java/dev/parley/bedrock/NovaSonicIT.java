package dev.parley.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.emulator.EmulatorOptions;
import dev.parley.emulator.Fault;
import dev.parley.nova.ChainOptions;
import dev.parley.voice.ModelCommand;
import dev.parley.voice.ModelEvent;
import dev.parley.voice.ModelEvent.Failed.Kind;
import dev.parley.voice.ModelEvent.Stage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/**
 * Tests conversations with the emulator over the real SDK. They run at the pace of speech and mostly wait, so some run at the same time.
 */
@Tag("real-time")
@Execution(ExecutionMode.CONCURRENT)
class NovaSonicIT {

    @Test
    void aSentenceIsHeardAnsweredAndEndsCleanly() {
        try (Pair pair = Pair.of(EmulatorOptions.defaults(), Pair.quick())) {
            assertThat(pair.model.renewsStreams()).as("the quota needs headroom").isTrue();
            var talk = new Talk(pair.model).sayAndHear(440);
            assertThat(talk.heard(440)).isOne();
            assertThat(talk.events.stream().filter(ModelEvent.Audio.class::isInstance).count())
                    .isGreaterThan(5);
            talk.close();
            assertThat(talk.events).anyMatch(ModelEvent.Usage.class::isInstance);
            assertThat(talk.events.getLast()).isInstanceOf(ModelEvent.Ended.class);
            assertThat(pair.emulator.streams()).isOne();
        }
    }

    @Test
    void overTlsToo(@TempDir Path folder) throws Exception {
        Path keystore = folder.resolve("key.p12");
        new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-alias", "it", "-keyalg", "EC", "-dname", "CN=localhost", "-validity", "2",
                "-storetype", "PKCS12", "-keystore", keystore.toString(), "-storepass", "changeit")
                .inheritIO()
                .start()
                .waitFor();
        try (Pair pair = Pair.of(EmulatorOptions.defaults().withKeystore(keystore, "changeit"),
                Pair.quick())) {
            new Talk(pair.model).sayAndHear(440).close();
        }
    }

    @Test
    void typedTextIsAnsweredWithoutAMicrophoneAndAToolIsUsed() {
        try (Pair pair = Pair.of(EmulatorOptions.defaults(), Pair.quick())) {
            var talk = new Talk(pair.model);
            talk.stream.send(new ModelCommand.Text("use time {\"zone\":\"UTC\"}"));
            await().atMost(Talk.PATIENCE)
                    .until(() -> talk.events.stream().anyMatch(ModelEvent.ToolCall.class::isInstance));
            var call = (ModelEvent.ToolCall) talk.events.stream()
                    .filter(ModelEvent.ToolCall.class::isInstance)
                    .findFirst()
                    .orElseThrow();
            assertThat(call.name() + call.arguments()).isEqualTo("time{\"zone\":\"UTC\"}");
            talk.stream.send(new ModelCommand.ToolResult(call.toolUseId(), "\"noon\""));
            await().atMost(Talk.PATIENCE)
                    .until(() -> talk.events.stream()
                            .anyMatch(event -> event instanceof ModelEvent.AssistantText text
                                    && text.text().equals("The tool answered: {\"result\":\"noon\"}")));
            talk.close();
        }
    }

    @Test
    void speakingOverTheAnswerStopsItOnce() {
        try (Pair pair = Pair.of(EmulatorOptions.defaults(), Pair.quick())) {
            var talk = new Talk(pair.model).say(440, Duration.ofMillis(800));
            talk.until(event -> event instanceof ModelEvent.AssistantText text
                    && text.stage() == Stage.SPECULATIVE);
            talk.sayAndHear(660);
            assertThat(talk.events.stream().filter(ModelEvent.Interrupted.class::isInstance).count()).isOne();
            assertThat(talk.summary()).noneMatch(line -> line.contains("interrupted\""));
            assertThat(talk.answered(440)).isZero();
            talk.close();
        }
    }

    @Test
    void aConversationOfTwentyFiveMinutesHearsAndAnswersEachSentenceOnce() {
        double factor = 30; // eight minutes take sixteen seconds
        try (Pair pair = Pair.of(EmulatorOptions.defaults().withTimeFactor(factor),
                Pair.quick().withChain(ChainOptions.defaults().sped(factor)))) {
            var talk = new Talk(pair.model);
            long begun = System.nanoTime();
            int hertz = 300;
            for (; goesOn(begun, pair.emulator.streams()); hertz += 50) {
                // The pause is longer than the reply: speech during a reply interrupts it, and is then only certain to be heard.
                talk.say(hertz, Duration.ofMillis(400 + hertz % 300))
                        .until(Talk.said(hertz))
                        .silence(Duration.ofMillis(100 + hertz % 500));
            }
            for (int each = 300; each < hertz; each += 50) {
                assertThat(talk.heard(each)).as("heard %s of %s", each, talk.summary()).isOne();
                assertThat(talk.answered(each)).as("answered %s of %s", each, talk.summary()).isOne();
            }
            assertThat(talk.events).noneMatch(
                    event -> event instanceof ModelEvent.Failed || event instanceof ModelEvent.Ended);
            assertThat(pair.emulator.streams()).as("three renewals").isGreaterThanOrEqualTo(4);
            talk.close();
        }
    }

    /** Returns true for 50 seconds and, on a slow machine, for as long as three renewals take. */
    private static boolean goesOn(long begun, int streams) {
        var time = Duration.ofNanos(System.nanoTime() - begun);
        return time.toSeconds() < 50 || (streams < 4 && time.compareTo(Talk.PATIENCE) < 0);
    }

    @Test
    void anIdleConversationOutlivesItsStreams() {
        try (Pair pair = Pair.of(EmulatorOptions.defaults().withTimeFactor(60),
                Pair.quick().withChain(ChainOptions.defaults().sped(60)))) {
            var talk = new Talk(pair.model);
            await().atMost(Talk.PATIENCE).until(() -> pair.emulator.streams() >= 4);
            talk.sayAndHear(440).close();
            assertThat(talk.heard(440)).isOne();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"reset@1s#1", "end@1s#1", "cut@1s#1", "modelTimeoutException@1s#1",
            "internalServerException@1s#1", "serviceUnavailableException@1s#1",
            "modelStreamErrorException@1s#1", "throttlingException@1s#1",
            "validationException:System instability detected@1s#1",
            "validationException:InternalErrorCode=531 RST@1s#1", "http-503#1", "http-500#1", "http-408#1"})
    void aFaultInTheMiddleOfASentenceIsMended(String fault) {
        try (Pair pair = Pair.withFaults(fault)) {
            var talk = new Talk(pair.model).silence(Duration.ofMillis(600)).sayAndHear(440);
            assertThat(talk.heard(440)).isOne();
            assertThat(talk.events).noneMatch(ModelEvent.Failed.class::isInstance);
            talk.sayAndHear(880).close();
            assertThat(talk.heard(880)).isOne();
            assertThat(pair.emulator.streams()).isEqualTo(2);
        }
    }

    /** In each stream the second turn is hit. */
    @ParameterizedTest
    @ValueSource(strings = {"modelStreamErrorException@speech2+0.5s", "internalServerException@text2+0.1s",
            "serviceUnavailableException@answer2+0.5s", "throttlingException@text2",
            "modelTimeoutException@speech2+1s", "reset@answer2+0.3s", "cut@text2", "drop@speech2+0.5s",
            "mute@speech2+0.3s", "stall@answer2+0.3s", "goaway@speech2+0.3s"})
    void eachQuestionIsAnsweredOnceThoughStreamsFail(String fault) {
        try (Pair pair = Pair.withFaults(fault)) {
            var talk = new Talk(pair.model).silence(Duration.ofMillis(400));
            var tones = List.of(400, 500, 600, 700);
            tones.forEach(talk::sayAndHearWhole);
            for (int hertz : tones) {
                assertThat(talk.heard(hertz)).as("heard %s of %s", hertz, talk.summary()).isOne();
                assertThat(talk.spoken()).containsOnlyOnce("You said: I hear " + hertz + " hertz.");
            }
            assertThat(talk.events).noneMatch(event -> event instanceof ModelEvent.Failed
                    || event instanceof ModelEvent.QuestionLost || event instanceof ModelEvent.Interrupted);
            int streams = fault.startsWith("goaway") ? 1 : 4;
            assertThat(pair.emulator.streams()).as("streams").isEqualTo(streams);
            talk.close();
        }
    }

    @Test
    void aServiceThatTakesNothingMoreIsLeft() {
        var impatient = Pair.quick()
                .withWaits(Duration.ofSeconds(20), Duration.ofSeconds(3), Duration.ofSeconds(3));
        try (Pair pair = Pair.of(EmulatorOptions.defaults().withFaults(List.of(Fault.parse("stall@1s#1"))),
                impatient)) {
            var talk = new Talk(pair.model);
            await().atMost(Talk.PATIENCE).until(() -> {
                talk.silence(Duration.ofMillis(320));
                return pair.emulator.streams() >= 2;
            });
            talk.sayAndHear(440).close();
            assertThat(talk.events).noneMatch(ModelEvent.Failed.class::isInstance);
        }
    }

    @ParameterizedTest
    @CsvSource({"accessDeniedException,FATAL", "'validationException:Invalid input request',FATAL",
            "http-403,FATAL", "http-404,FATAL", "http-464,FATAL", "http-429,BUSY"})
    void whatCannotBeMendedIsToldInASentence(String fault, Kind kind) {
        try (Pair pair = Pair.withFaults(fault)) {
            var talk = new Talk(pair.model).until(ModelEvent.Failed.class::isInstance);
            assertThat(talk.events.getLast()).isInstanceOfSatisfying(ModelEvent.Failed.class, failed -> {
                assertThat(failed.kind()).isEqualTo(kind);
                assertThat(failed.message()).endsWith(".").hasSizeGreaterThan(20);
            });
            assertThat(pair.emulator.streams()).isOne();
        }
    }

    /** Happens with a region that does not exist, or on a machine without a network. */
    @Test
    void aServiceThatIsNotFoundIsNotSaidToHaveBeenLost() {
        var nowhere = Pair.quick().withEndpoint(Optional.of(URI.create("http://nowhere.invalid")));
        try (var model = NovaSonicModel.create(nowhere, Region.US_EAST_1,
                StaticCredentialsProvider.create(AwsBasicCredentials.create("parley", "parley")),
                new TestAlarm())) {
            var talk = new Talk(model).until(ModelEvent.Failed.class::isInstance);
            assertThat(talk.events.getLast()).isEqualTo(new ModelEvent.Failed(Kind.RECOVERABLE,
                    "The speech model's address was not found from the server."));
        }
    }

    @Test
    void aServiceThatFailsAndFailsIsGivenUpAfterThreeRestarts() {
        try (Pair pair = Pair.withFaults("internalServerException")) {
            new Talk(pair.model).until(ModelEvent.Failed.class::isInstance);
            assertThat(pair.emulator.streams()).isEqualTo(4);
        }
    }

    @Test
    void aSlowServiceLosesOldSoundAndNotTheConversation() {
        try (Pair pair = Pair.withFaults("slow#1")) {
            var talk = new Talk(pair.model).silence(Duration.ofSeconds(3)).sayAndHear(440);
            assertThat(talk.events).noneMatch(ModelEvent.Failed.class::isInstance);
            talk.close();
        }
    }

    @Test
    void aWrongSecretIsRefused() {
        try (Pair pair = Pair.withSecret("wrong")) {
            var talk = new Talk(pair.model).until(ModelEvent.Failed.class::isInstance);
            assertThat(talk.summary()).last().asString().contains("credentials").doesNotContain("wrong");
        }
    }

    @Test
    void oneConversationTooManyIsBusy() {
        try (Pair pair = Pair.of(EmulatorOptions.defaults(), Pair.quick().withMaxStreams(1))) {
            var first = new Talk(pair.model).sayAndHear(440);
            var second = new Talk(pair.model).until(ModelEvent.Failed.class::isInstance);
            assertThat(second.events).singleElement()
                    .isInstanceOfSatisfying(ModelEvent.Failed.class,
                            failed -> assertThat(failed.kind()).isEqualTo(Kind.BUSY));
            first.close();
        }
    }

    @Test
    void theStandInAnswersHttp1AsTheServicesBalancerDoes() throws IOException, InterruptedException {
        try (Pair pair = Pair.of(EmulatorOptions.defaults(), Pair.quick());
                var client = HttpClient.newHttpClient()) {
            var request = HttpRequest
                    .newBuilder(URI.create("http://127.0.0.1:" + pair.emulator.port()
                            + "/model/m/invoke-with-bidirectional-stream"))
                    .version(HttpClient.Version.HTTP_1_1)
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build();
            assertThat(client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
                    .isEqualTo(464);
        }
    }
}
