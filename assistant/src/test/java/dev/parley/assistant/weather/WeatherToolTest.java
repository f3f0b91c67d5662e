package dev.parley.assistant.weather;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.assistant.tool.Tool;
import dev.parley.assistant.tool.ToolContext;
import dev.parley.assistant.tool.ToolRunner;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class WeatherToolTest {

    private static final URI FORECASTS = URI.create("https://forecasts.example/meteo");
    private static final URI PLACES = URI.create("https://places.example/meteo");

    private final List<String> asked = new ArrayList<>();
    private boolean failing;
    private final InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-23T06:05:00Z"));
    private final ToolContext context = new ToolContext(clock, ZoneOffset.UTC);
    private final Tool weather = WeatherTool.over(this::answer, FORECASTS, PLACES);

    @Test
    void tellsTheWeatherOfNowAndToday() {
        assertThat(ask("{\"place\":\"Galway\"}")).isEqualTo(
                """
                        {"place":"Galway","country":"Ireland","now_celsius":8,"now_sky":"light rain","wind_kmh":31,"date":"2026-11-23",\
                        "sky":"rain","low_celsius":5,"high_celsius":9,"rain_percent":88}""");
        assertThat(asked).hasSize(2)
                .first()
                .asString()
                .startsWith("https://places.example/meteo/v1/search?")
                .contains("name=Galway");
        assertThat(asked.getLast()).startsWith(
                "https://forecasts.example/meteo/v1/forecast?latitude=53.27245&longitude=-9.05095");
    }

    @Test
    void tellsTheWeatherOfALaterDay() {
        assertThat(ask("{\"place\":\"Galway\",\"days\":4}")).isEqualTo(
                """
                        {"place":"Galway","country":"Ireland","date":"2026-11-27","sky":"light snow","low_celsius":-3,\
                        "high_celsius":2,"rain_percent":50}""");
    }

    @Test
    void invalidArgumentsCauseNoRequest() {
        assertThat(ask("{}")).contains("for which place");
        assertThat(ask("{\"place\":\"Galway\",\"days\":9}")).contains("next six days");
        assertThat(ask("{\"place\":\"" + "x".repeat(200) + "\"}")).contains("for which place");
        assertThat(asked).isEmpty();
    }

    @Test
    void unknownPlaceIsNamed() {
        assertThat(ask("{\"place\":\"Nowhere & more?\"}"))
                .isEqualTo("{\"error\":\"I do not know a place called Nowhere & more?.\"}");
    }

    @Test
    void failingServiceIsUnreachable() {
        failing = true;

        assertThat(ask("{\"place\":\"Galway\"}"))
                .isEqualTo("{\"error\":\"The weather service cannot be reached at the moment.\"}");
    }

    @Test
    void localServiceNeedsNoNetwork() {
        assertThat(WeatherTool.onNetwork(URI.create("http://127.0.0.1:1"))).isTrue();
    }

    private JsonNode answer(URI address) throws JsonSource.Unavailable {
        if (failing) {
            throw new JsonSource.Unavailable("for the test");
        }
        asked.add(address.toString());
        String body = address.getHost().equals(FORECASTS.getHost()) ? WeatherServiceStandIn.FORECAST
                : address.getQuery().contains("name=Galway") ? WeatherServiceStandIn.GALWAY : "{}";
        return JsonMapper.shared().readTree(body);
    }

    private String ask(String arguments) {
        return ToolRunner.run(List.of(weather), WeatherTool.NAME, arguments, context);
    }
}
