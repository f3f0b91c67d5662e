package dev.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.parley.settings.Settings;
import dev.parley.testing.FakeModel;
import dev.parley.voice.SpeechModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Tests the warnings at the start about unknown tools and voices of personas. */
@Tag("real-time")
class PersonaChecksIT {

    @TempDir
    Path folder;

    @Test
    void unknownNamesAreWarnedAboutExceptInBuiltInPersonas() throws IOException {
        Files.writeString(folder.resolve("pirate.yaml"), """
                name: Captain
                prompt: Be short.
                voice: carusoo
                tools: [get_tme, get_weather, "mcp__sea__*"]
                """);
        var log = (Logger) LoggerFactory.getLogger("dev.parley.app.Parley");
        var told = new ListAppender<ILoggingEvent>();
        told.start();
        log.addAppender(told);
        var model = new CompletableFuture<SpeechModel>();
        var settings = Settings.read(Map.of("host", "127.0.0.1", "port", "0", "personas", folder.toString(),
                "weather-url", "", "places-url", ""), Map.of());
        try (var parley = Parley.start(settings,
                new Models(model, CompletableFuture.completedFuture(null)))) {
            assertThat(parley.port()).isPositive();
            assertThat(told.list).singleElement().satisfies(warning -> {
                assertThat(warning.getLevel()).isEqualTo(Level.WARN);
                assertThat(warning.getFormattedMessage())
                        .startsWith("persona pirate lists the tool \"get_tme\", which there is not: ")
                        .contains("get_time", "book_appointment", "get_weather");
            });

            model.complete(new FakeModel());

            assertThat(told.list).hasSize(2)
                    .last()
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .isEqualTo(
                            "persona pirate asks for the voice \"carusoo\", which the model does not have: "
                                    + "it has ada, bob");
        } finally {
            log.detachAppender(told);
        }
    }
}
