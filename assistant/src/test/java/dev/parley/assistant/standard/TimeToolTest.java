package dev.parley.assistant.standard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeToolTest {
    private final ToolFixture fixture = new ToolFixture();

    @Test
    void tellsTheTimeHere() {
        assertThat(fixture.run("get_time", "{}"))
                .hasToString("{\"zone\":\"Europe/Paris\",\"time\":\"07:05\",\"date\":\"2026-11-23\","
                        + "\"weekday\":\"Monday\",\"utc_offset\":\"+01:00\"}");
    }

    @ParameterizedTest
    @CsvSource({"Tokyo, Tokyo, 15:05, 2026-11-23", "tokio, Tokyo, 15:05, 2026-11-23",
            "New York, New York, 01:05, 2026-11-23", "new york city, New York, 01:05, 2026-11-23",
            "the USA, the eastern United States, 01:05, 2026-11-23",
            "Los Angeles, Los Angeles, 22:05, 2026-11-22", "Asia/Kolkata, Kolkata, 11:35, 2026-11-23",
            "india, India, 11:35, 2026-11-23", "Asia/Ho Chi Minh, Ho Chi Minh, 13:05, 2026-11-23",
            "UTC, universal time, 06:05, 2026-11-23", "UTC+3, UTC+03:00, 09:05, 2026-11-23",
            "gmt -5, UTC-05:00, 01:05, 2026-11-23", "Ohio, Ohio, 01:05, 2026-11-23",
            "Lyon France, Lyon, 07:05, 2026-11-23", "Zürich, Zurich, 07:05, 2026-11-23",
            "São Paulo, Sao Paulo, 03:05, 2026-11-23", "Honululu, Honolulu, 20:05, 2026-11-22",
            "Pacific time, Pacific time, 22:05, 2026-11-22", "Holland, the Netherlands, 07:05, 2026-11-23"})
    void tellsTheTimeElsewhere(String place, String name, String time, String date) {
        var result = fixture.run("get_time", "{'place':'" + place + "'}");

        assertThat(result.path("place").asString("?")).isEqualTo(name);
        assertThat(result.path("time").asString("?")).isEqualTo(time);
        assertThat(result.path("date").asString("?")).isEqualTo(date);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Narnia", "Gondor", "my house", "Asia/Nowhere", "../etc", "+", "UTC+99", "x"})
    void unknownPlaceIsNamed(String place) {
        assertThat(fixture.error("get_time", "{'place':'" + place + "'}"))
                .isEqualTo("I do not know a place called " + place + ".");
    }

    @Test
    void tellsTheDayElsewhereAndLater() {
        assertThat(fixture.run("get_time", "{'place':'Honolulu'}").path("days_from_here").asInt(0))
                .isEqualTo(-1);
        assertThat(fixture.run("get_time", "{'days':1}").path("date").asString("")).isEqualTo("2026-11-24");
        assertThat(fixture.run("get_time", "{'days':-1}").path("weekday").asString("")).isEqualTo("Sunday");
        assertThat(fixture.error("get_time", "{'days':1e50}")).isEqualTo("That day is too far away for me.");
    }
}
