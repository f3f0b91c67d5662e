package dev.parley.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.emulator.Emulator;
import dev.parley.emulator.EmulatorOptions;
import dev.parley.emulator.Fault;
import dev.parley.emulator.ScriptedMind;
import dev.parley.nova.ChainOptions;
import dev.parley.voice.ModelCommand;
import dev.parley.voice.ModelEvent;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/** Connects the model, over the real SDK, to the emulator. Fails on close if a stream is left open. */
final class Pair implements AutoCloseable {

    final Emulator emulator;
    final NovaSonicModel model;

    /** Makes the first connection of the process, which may take longer than audio is kept, before anyone speaks. */
    private static final class First {
        private static final boolean MADE = talked();

        private First() {}

        private static boolean talked() {
            try (var pair = new Pair(EmulatorOptions.defaults(), quick(), "parley")) {
                var talk = new Talk(pair.model);
                talk.stream.send(new ModelCommand.Text("Here."));
                talk.until(ModelEvent.AssistantText.class::isInstance).close();
                return true;
            }
        }
    }

    private Pair(EmulatorOptions there, NovaSonicOptions here, String secret) {
        emulator = Emulator.start(there, ScriptedMind::new);
        String scheme = there.keystore().isPresent() ? "https" : "http";
        model = NovaSonicModel.create(
                here.withEndpoint(Optional.of(URI.create(scheme + "://127.0.0.1:" + emulator.port()))),
                Region.US_EAST_1,
                StaticCredentialsProvider.create(AwsBasicCredentials.create("parley", secret)),
                new TestAlarm());
    }

    static NovaSonicOptions quick() {
        return NovaSonicOptions.defaults()
                .withWaits(Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(3))
                .withChain(ChainOptions.defaults().withBackOff(Duration.ofMillis(50)));
    }

    static Pair of(EmulatorOptions there, NovaSonicOptions here) {
        assertThat(First.MADE).isTrue();
        return new Pair(there, here, "parley");
    }

    static Pair withFaults(String... faults) {
        return of(EmulatorOptions.defaults().withFaults(Stream.of(faults).map(Fault::parse).toList()),
                quick());
    }

    static Pair withSecret(String secret) {
        return new Pair(EmulatorOptions.defaults(), quick(), secret);
    }

    @Override
    public void close() {
        try {
            await().atMost(Talk.PATIENCE)
                    .untilAsserted(() -> assertThat(model.openStreams() + emulator.openStreams())
                            .as("streams left open")
                            .isZero());
        } finally {
            model.close();
            emulator.close();
        }
    }
}
