package dev.parley.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.voice.ModelCommand;
import dev.parley.voice.ModelEvent.AudioEnd;
import dev.parley.voice.ModelEvent.Ended;
import dev.parley.voice.ModelEvent.Failed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("real-time")
class LoadingIT {

    /** Timeout for loading. A busy machine may need longer than a user would wait. */
    private static final EmbeddedOptions PATIENT = EmbeddedOptions.defaults(Clips.MODELS)
            .withLoadWait(Duration.ofMinutes(2));

    @TempDir
    Path folder;

    @Test
    void answersAStreamThatWasOpenedBeforeTheModelsWereLoaded() {
        try (var model = EmbeddedModel.start(PATIENT); var call = new Call(model)) {
            call.send(new ModelCommand.Text("hello"));
            call.awaits(AudioEnd.class);
            assertThat(model.readiness()).isEqualTo(Readiness.READY);
        }
    }

    @Test
    void failsAsBusyWhenLoadingTakesTooLong() {
        try (var model = EmbeddedModel
                .start(EmbeddedOptions.defaults(Clips.MODELS).withLoadWait(Duration.ZERO))) {
            var call = new Call(model);
            assertThat(call.awaits(Failed.class).kind()).isEqualTo(Failed.Kind.BUSY);
        }
    }

    @Test
    void saysWhichFileIsMissing() throws InterruptedException {
        try (var model = EmbeddedModel.start(EmbeddedOptions.defaults(folder))) {
            var early = new Call(model);
            var readiness = model.awaitReadiness(Duration.ofMinutes(2));
            var late = new Call(model);

            assertThat(readiness.state()).isEqualTo(Readiness.State.FAILED);
            assertThat(readiness.message()).contains(folder.resolve("speech").toString(), "is missing",
                    "./parley", "build/fetch");
            assertThat(early.awaits(Failed.class))
                    .isEqualTo(new Failed(Failed.Kind.FATAL, readiness.message()));
            assertThat(late.awaits(Failed.class))
                    .isEqualTo(new Failed(Failed.Kind.FATAL, readiness.message()));
        }
    }

    @Test
    void saysWhichFileIsDamaged() throws IOException, InterruptedException {
        Path speech = Files.createDirectories(folder.resolve("speech"));
        try (var files = Files.list(Clips.MODELS.resolve("speech"))) {
            for (Path file : files.toList()) {
                Files.createSymbolicLink(speech.resolve(file.getFileName()), file);
            }
        }
        Path damaged = speech.resolve("moonshine-decoder.onnx");
        byte[] bytes = Files.readAllBytes(damaged);
        bytes[bytes.length / 2] ^= 1;
        Files.delete(damaged);
        Files.write(damaged, bytes);
        try (var model = EmbeddedModel.start(EmbeddedOptions.defaults(folder))) {
            assertThat(model.awaitReadiness(Duration.ofMinutes(2)).message()).contains(damaged.toString(),
                    "checksum differs", "delete it");
        }
    }

    @Test
    void endsNoSoonerThanWhatItLoads() {
        EmbeddedModel.start(EmbeddedOptions.defaults(Clips.MODELS)).close();
        assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
                .doesNotContain("parley-load");
    }

    @Test
    void leavesNoThreadBehind() {
        var model = EmbeddedModel.start(PATIENT);
        var call = new Call(model);
        call.send(new ModelCommand.Text("hello"));
        call.awaits(AudioEnd.class);
        model.close();
        assertThat(call.awaits(Ended.class)).isNotNull();
        assertThat(new Call(model).awaits(Failed.class).kind()).isEqualTo(Failed.Kind.FATAL);

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
                                .noneMatch(name -> name.startsWith("parley-")));
    }
}
