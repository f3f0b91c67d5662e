package dev.parley.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.emulator.Emulator;
import dev.parley.emulator.EmulatorOptions;
import dev.parley.emulator.ScriptedMind;
import dev.parley.voice.ModelCommand;
import dev.parley.voice.ModelEvent;
import dev.parley.voice.StreamSettings;
import dev.parley.voice.StreamSettings.Inference;
import dev.parley.voice.StreamSettings.Sensitivity;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/** Tests for SDK behaviour that would, by default, end or delay a conversation. */
@Tag("real-time")
@Execution(ExecutionMode.CONCURRENT)
class SdkPitfallsIT {

    /** By default, the SDK aborts a response without data for 30 seconds, and all streams of its connection. */
    @Test
    void aServiceThatSaysNothingForAWhileIsWaitedFor() {
        try (Pair pair = Pair.of(EmulatorOptions.defaults(), Pair.quick())) {
            var talk = new Talk(pair.model).silence(Duration.ofSeconds(33)).sayAndHear(440);
            assertThat(pair.emulator.streams()).isOne();
            talk.close();
        }
    }

    /** By default, the SDK has room for 50 streams, and the next one waits. */
    @Test
    void moreThanFiftyConversationsAreHeldAtOnce() {
        try (Pair pair = Pair.of(EmulatorOptions.defaults().withMaxStreams(60),
                Pair.quick().withMaxStreams(60))) {
            List<Talk> talks = IntStream.range(0, 55).mapToObj(i -> new Talk(pair.model)).toList();
            talks.forEach(talk -> talk.stream.send(new ModelCommand.Text("Here.")));
            await().atMost(Talk.PATIENCE)
                    .untilAsserted(() -> assertThat(talks)
                            .allMatch(talk -> talk.events.stream().anyMatch(SdkPitfallsIT::answersHere)));
            assertThat(pair.emulator.openStreams()).isEqualTo(55);
            talks.forEach(Talk::close);
        }
    }

    /** A token in the environment overrides credentials, and the service rejects it for this call. */
    @Test
    void aBearerTokenInTheEnvironmentIsNotUsed() {
        System.setProperty("aws.bearerTokenBedrock", "a-token");
        try (Pair pair = Pair.of(EmulatorOptions.defaults(), Pair.quick())) {
            new Talk(pair.model).sayAndHear(440).close();
        } finally {
            System.clearProperty("aws.bearerTokenBedrock");
        }
    }

    /** Pings detect a connection that carries no more data; without them, the conversation would be silent for minutes. */
    @Test
    void aConnectionThatDiesWithoutAWordIsReplaced() throws Exception {
        try (Emulator emulator = Emulator.start(EmulatorOptions.defaults(), ScriptedMind::new);
                var way = new BlackHole(emulator.port());
                NovaSonicModel model = NovaSonicModel.create(Pair.quick()
                        .withEndpoint(Optional.of(URI.create("http://127.0.0.1:" + way.port())))
                        .withWaits(Duration.ofSeconds(20), Duration.ofMinutes(5), Duration.ofSeconds(3)),
                        Region.US_EAST_1,
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("parley", "parley")),
                        new TestAlarm())) {
            var talk = new Talk(model).sayAndHear(440);
            way.swallow();
            await().pollInSameThread()
                    .atMost(Talk.PATIENCE)
                    .until(() -> talk.silence(Duration.ofMillis(96)) != null && emulator.streams() >= 2);
            talk.sayAndHear(880);
            assertThat(talk.events).noneMatch(ModelEvent.Failed.class::isInstance);
            talk.close();
        }
    }

    /** A connection that takes no new streams carries its existing ones to their end. The next stream gets another connection. */
    @Test
    void aConnectionThatTakesNoNewStreamsLosesNone() {
        try (Pair pair = Pair.withFaults("goaway@1s#1")) {
            var talk = new Talk(pair.model).silence(Duration.ofMillis(600)).sayAndHear(440);
            talk.sayAndHear(660);
            assertThat(pair.emulator.streams()).as("the same stream goes on").isOne();
            assertThat(pair.emulator.connections()).isOne();

            var another = new Talk(pair.model).sayAndHear(880);

            assertThat(pair.emulator.streams()).isEqualTo(2);
            assertThat(pair.emulator.connections()).isEqualTo(2);
            talk.sayAndHear(1_040).close();
            another.close();
            assertThat(talk.events).noneMatch(ModelEvent.Failed.class::isInstance);
            assertThat(another.events).noneMatch(ModelEvent.Failed.class::isInstance);
        }
    }

    /** The SDK calls back on a thread that also carries other streams. */
    @Test
    void aConversationThatIsStuckDoesNotDelayItsNeighbour() {
        var stuck = new CountDownLatch(1);
        var free = new CountDownLatch(1);
        try (Pair pair = Pair.of(EmulatorOptions.defaults(), Pair.quick())) {
            var slow = pair.model.open(
                    new StreamSettings("tiffany", Inference.defaults(), Sensitivity.MEDIUM, List.of()),
                    event -> {
                        stuck.countDown();
                        waitFor(free);
                    });
            slow.send(new ModelCommand.Text("Anybody?"));
            waitFor(stuck);
            // More streams than the SDK has threads: one of them shares the thread of the stuck one.
            List<Talk> talks = IntStream.range(0, 16).mapToObj(i -> new Talk(pair.model)).toList();
            talks.forEach(talk -> talk.stream.send(new ModelCommand.Text("Here.")));
            await().atMost(Talk.PATIENCE)
                    .untilAsserted(() -> assertThat(talks)
                            .allMatch(talk -> talk.events.stream().anyMatch(SdkPitfallsIT::answersHere)));
            assertThat(free.getCount()).isOne();
            free.countDown();
            slow.send(new ModelCommand.Close());
            talks.forEach(Talk::close);
        }
    }

    private static boolean answersHere(ModelEvent event) {
        return event instanceof ModelEvent.AssistantText text && text.text().equals("You said: Here.");
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException _ended) {
            Thread.currentThread().interrupt();
        }
    }
}
