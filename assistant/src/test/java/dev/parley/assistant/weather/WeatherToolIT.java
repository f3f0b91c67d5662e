package dev.parley.assistant.weather;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.assistant.tool.NetworkPolicy;
import dev.parley.assistant.tool.Tool;
import dev.parley.assistant.tool.ToolContext;
import dev.parley.assistant.tool.ToolRunner;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** The weather tool over HTTP, with a service that responds, fails or is silent. */
class WeatherToolIT {

    private final WeatherServiceStandIn service = new WeatherServiceStandIn();
    private final InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-23T06:05:00Z"));
    private final ToolContext context = new ToolContext(clock, ZoneOffset.UTC);
    /** A busy machine may respond later than a user would wait for. */
    private final Tool weather = WeatherTool.over(
            new JsonService(Duration.ofMinutes(1), NetworkPolicy.GUARDED), service.address(),
            service.address());

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void twoRequestsTellTheWeather() {
        assertThat(ask("{\"place\":\"Galway\"}")).isEqualTo(
                """
                        {"place":"Galway","country":"Ireland","now_celsius":8,"now_sky":"light rain","wind_kmh":31,"date":"2026-11-23",\
                        "sky":"rain","low_celsius":5,"high_celsius":9,"rain_percent":88}""");
        assertThat(service.asked).hasSize(2)
                .first()
                .asString()
                .startsWith("/meteo/v1/search?")
                .contains("name=Galway");
        assertThat(service.asked.getLast())
                .startsWith("/meteo/v1/forecast?latitude=53.27245&longitude=-9.05095");
    }

    @ParameterizedTest
    @EnumSource(value = WeatherServiceStandIn.Mood.class, mode = Mode.EXCLUDE, names = {"WELL", "SILENT"})
    void failingServiceIsUnreachable(WeatherServiceStandIn.Mood mood) {
        service.mood = mood;

        assertThat(ask("{\"place\":\"Galway\"}"))
                .isEqualTo("{\"error\":\"The weather service cannot be reached at the moment.\"}");
    }

    @Test
    void missingServiceIsUnreachable() {
        var offered = WeatherTool.at(service.address(), service.address());
        service.close();

        assertThat(ToolRunner.run(List.of(offered), WeatherTool.NAME, "{\"place\":\"Galway\"}", context))
                .contains("cannot be reached");
    }

    @Test
    void waitForASilentServiceEndsOnInterrupt() throws InterruptedException {
        service.mood = WeatherServiceStandIn.Mood.SILENT;
        var answers = new LinkedBlockingQueue<String>();
        var thread = Thread.ofVirtual().start(() -> answers.add(ask("{\"place\":\"Galway\"}")));
        await().atMost(Duration.ofSeconds(60)).until(() -> service.asked.size() == 1);

        thread.interrupt();

        assertThat(answers.take()).contains("cannot be reached");
    }

    private String ask(String arguments) {
        return ToolRunner.run(List.of(weather), WeatherTool.NAME, arguments, context);
    }
}
