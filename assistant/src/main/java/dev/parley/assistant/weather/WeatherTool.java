package dev.parley.assistant.weather;

import dev.parley.assistant.tool.NetworkPolicy;
import dev.parley.assistant.tool.Tool;
import dev.parley.assistant.tool.ToolContext;
import dev.parley.assistant.tool.ToolJson;
import dev.parley.assistant.tool.ToolParameters;
import dev.parley.assistant.tool.ToolParameters.JsonType;
import dev.parley.assistant.weather.JsonSource.Unavailable;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tool that tells the weather of any place, now and for the coming week. It uses Open-Meteo or a service with the same API: one request
 * finds the place, one its weather. Thread-safe. A failure of the service becomes an error of one sentence.
 */
public final class WeatherTool {

    /** The name under which models call the tool. */
    public static final String NAME = "get_weather";

    private static final Logger LOG = LoggerFactory.getLogger(WeatherTool.class);
    private static final int LONGEST_PLACE = 80;
    private static final int DAYS = 7;
    private static final Set<String> LOCAL = Set.of("127.0.0.1", "localhost", "[::1]");

    private final JsonSource service;
    private final URI forecasts;
    private final URI places;

    private WeatherTool(JsonSource service, URI forecasts, URI places) {
        this.service = service;
        this.forecasts = forecasts;
        this.places = places;
    }

    /**
     * Creates the tool that uses these services.
     *
     * @param forecasts the base address of the forecasts, for example {@code https://api.open-meteo.com}
     * @param places    the base address of the search for places, for example {@code https://geocoding-api.open-meteo.com}
     */
    public static Tool at(URI forecasts, URI places) {
        return at(forecasts, places, NetworkPolicy.GUARDED);
    }

    /**
     * Creates the tool as above.
     *
     * @param network the addresses that it may reach
     */
    public static Tool at(URI forecasts, URI places, NetworkPolicy network) {
        return over(new JsonService(network), forecasts, places);
    }

    static Tool over(JsonSource service, URI forecasts, URI places) {
        var weather = new WeatherTool(service, forecasts, places);
        return Tool
                .of(NAME, "Tells the weather of a place: now, today, or on one of the coming six days.",
                        ToolParameters.none()
                                .required("place", JsonType.STRING, "City or town, for example: Dublin")
                                .optional("days", 0, DAYS - 1,
                                        "Days from today, for example 1 for tomorrow; default 0"),
                        weather::answer)
                .readOnly();
    }

    /** Returns whether the service may be reachable: it is on this machine, or the machine is on a network. Otherwise the tool is not worth offering. */
    public static boolean onNetwork(URI service) {
        if (LOCAL.contains(service.getHost())) {
            return true;
        }
        try {
            return NetworkInterface.networkInterfaces().anyMatch(WeatherTool::leadsOut);
        } catch (SocketException unknown) {
            return false;
        }
    }

    private static boolean leadsOut(NetworkInterface one) {
        try {
            return one.isUp() && !one.isLoopback() && one.inetAddresses().findAny().isPresent();
        } catch (SocketException gone) {
            return false;
        }
    }

    private ObjectNode answer(ObjectNode arguments, ToolContext context) {
        String name = ToolJson.text(arguments, "place");
        if (name.isEmpty() || name.length() > LONGEST_PLACE) {
            return ToolJson.error("Tell me for which place.");
        }
        int day = day(ToolJson.text(arguments, "days"));
        if (day < 0) {
            return ToolJson.error("I only know the weather of today and the next six days.");
        }
        try {
            Optional<JsonNode> place = find(name);
            return place.isEmpty() ? ToolJson.error("I do not know a place called " + name + ".")
                    : describe(place.get(), weather(place.get()), day);
        } catch (Unavailable failed) {
            LOG.atWarn().addKeyValue("reason", failed.getMessage()).log("the weather service gave no answer");
            return ToolJson.error("The weather service cannot be reached at the moment.");
        }
    }

    private static int day(String text) {
        if (text.isEmpty()) {
            return 0;
        }
        return text.matches("[0-" + (DAYS - 1) + "]") ? Integer.parseInt(text) : -1;
    }

    private Optional<JsonNode> find(String name) throws Unavailable {
        var query = "/v1/search?count=1&language=en&format=json&name="
                + URLEncoder.encode(name, StandardCharsets.UTF_8);
        var found = service.get(places.resolve(places.getPath() + query)).path("results").path(0);
        return found.path("latitude").isNumber() && found.path("longitude").isNumber() ? Optional.of(found)
                : Optional.empty();
    }

    private JsonNode weather(JsonNode place) throws Unavailable {
        var query = "/v1/forecast?latitude=" + place.path("latitude").doubleValue() + "&longitude="
                + place.path("longitude").doubleValue()
                + "&current=temperature_2m,weather_code,wind_speed_10m"
                + "&daily=weather_code,temperature_2m_max,temperature_2m_min,precipitation_probability_max"
                + "&timezone=auto&forecast_days=" + DAYS;
        return service.get(forecasts.resolve(forecasts.getPath() + query));
    }

    private static ObjectNode describe(JsonNode place, JsonNode weather, int day) {
        var result = ToolJson.object().put("place", place.path("name").asString(""));
        var country = place.path("country").asString("");
        if (!country.isEmpty()) {
            result.put("country", country);
        }
        var daily = weather.path("daily");
        var date = daily.path("time").path(day).asString("");
        if (date.isEmpty()) {
            return ToolJson.error("The weather service does not know that.");
        }
        var current = weather.path("current");
        if (day == 0 && current.path("temperature_2m").isNumber()) {
            result.put("now_celsius", Math.round(current.path("temperature_2m").doubleValue()))
                    .put("now_sky", WeatherCodes.describe(current.path("weather_code").asInt(-1)))
                    .put("wind_kmh", Math.round(current.path("wind_speed_10m").asDouble(0)));
        }
        return result.put("date", date)
                .put("sky", WeatherCodes.describe(daily.path("weather_code").path(day).asInt(-1)))
                .put("low_celsius", Math.round(daily.path("temperature_2m_min").path(day).asDouble(0)))
                .put("high_celsius", Math.round(daily.path("temperature_2m_max").path(day).asDouble(0)))
                .put("rain_percent", daily.path("precipitation_probability_max").path(day).asInt(0));
    }
}
