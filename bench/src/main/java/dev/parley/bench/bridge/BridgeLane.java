package dev.parley.bench.bridge;

import dev.parley.bedrock.NovaSonicModel;
import dev.parley.bedrock.NovaSonicOptions;
import dev.parley.voice.Alarm;
import dev.parley.voice.ModelCommand;
import dev.parley.voice.ModelEvent;
import dev.parley.voice.ModelStream;
import dev.parley.voice.StreamSettings;
import dev.parley.voice.StreamSettings.Inference;
import dev.parley.voice.StreamSettings.Sensitivity;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/** Parley's bridge: commands and events of a conversation, over the SDK. A piece carries the time at which it was sent. */
final class BridgeLane implements Lane {

    /** A slow start is not what is measured. */
    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final StreamSettings SETTINGS = new StreamSettings("tiffany", Inference.defaults(),
            Sensitivity.MEDIUM, List.of());

    private final NovaSonicModel model;
    private final LongConsumer latency;
    private final List<ModelStream> streams = new ArrayList<>();

    private BridgeLane(NovaSonicModel model, LongConsumer latency) {
        this.model = model;
        this.latency = latency;
    }

    static Lane open(int conversations, String port, LongConsumer latency) throws InterruptedException {
        var lane = new BridgeLane(NovaSonicModel.create(NovaSonicOptions.defaults()
                .withRegion(Optional.of("us-east-1"))
                .withEndpoint(Optional.of(URI.create("http://127.0.0.1:" + port)))
                .withMaxStreams(conversations)
                .withWaits(TIMEOUT, TIMEOUT, Duration.ofSeconds(3)), new LaneAlarm()), latency);
        for (int i = 0; i < conversations; i++) {
            ModelStream stream = lane.model.open(SETTINGS, lane::told);
            stream.send(new ModelCommand.SystemPrompt("Be brief."));
            lane.streams.add(stream);
            Thread.sleep(50);
        }
        return lane;
    }

    private void told(ModelEvent event) {
        if (event instanceof ModelEvent.Failed failed) {
            System.err.println("bridge bench: a conversation failed: " + failed.message());
        } else if (event instanceof ModelEvent.Audio audio) {
            latency.accept(System.nanoTime() - ByteBuffer.wrap(audio.pcm()).getLong());
        }
    }

    @Override
    public String name() {
        return "Parley over the SDK";
    }

    @Override
    public void send(int conversation) {
        var pcm = new byte[BridgeBench.PIECE_BYTES];
        ByteBuffer.wrap(pcm).putLong(System.nanoTime());
        streams.get(conversation).send(new ModelCommand.Audio(pcm));
    }

    @Override
    public void close() {
        model.close();
    }

    /** Runs scheduled tasks on one thread, as the server does, until the model closes it. */
    private static final class LaneAlarm implements Alarm {

        private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1,
                Thread.ofPlatform().daemon().factory());

        LaneAlarm() {
            clock.setRemoveOnCancelPolicy(true);
        }

        @Override
        public Runnable in(Duration delay, Runnable task) {
            var set = clock.schedule(task, Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS);
            return () -> set.cancel(false);
        }

        @Override
        public void close() {
            clock.shutdownNow();
        }
    }
}
