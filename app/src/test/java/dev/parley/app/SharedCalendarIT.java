package dev.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.app.cluster.ClusterNode;
import dev.parley.app.cluster.RedisText;
import dev.parley.assistant.appointment.AppointmentTools;
import dev.parley.assistant.tool.Tool;
import dev.parley.assistant.tool.ToolContext;
import dev.parley.assistant.tool.ToolRunner;
import dev.parley.settings.Settings;
import dev.parley.testing.RedisServer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The calendar of two servers in a real Redis. Needs the program redis-server. */
@Tag("real-time")
class SharedCalendarIT {

    private static final JsonMapper JSON = new JsonMapper();
    /** A Monday. */
    private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");

    private RedisServer redis;
    private ClusterNode a;
    private ClusterNode b;

    @BeforeEach
    void join() throws Exception {
        redis = new RedisServer();
        a = node();
        b = node();
    }

    @AfterEach
    void leave() throws Exception {
        a.close();
        b.close();
        redis.stop();
    }

    @Test
    void oneOfTwoServersGetsEachSlot() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int day = 3; day <= 6; day++) { // Tuesday to Friday
                var racing = new ArrayList<Callable<JsonNode>>();
                for (String time : List.of("09:00", "09:30", "10:00", "10:30", "11:00", "11:30")) {
                    String on = "2026-03-0" + day;
                    racing.add(() -> book(a, on, time, "Ann " + on + time));
                    racing.add(() -> book(b, on, time, "Bob " + on + time));
                }
                int booked = 0;
                int taken = 0;
                for (var result : threads.invokeAll(racing)) {
                    String text = result.get(60, TimeUnit.SECONDS).toString();
                    booked += text.contains("weekday") ? 1 : 0;
                    taken += text.contains("That time is taken.") ? 1 : 0;
                }
                assertThat(booked).as("booked on day " + day).isEqualTo(6);
                assertThat(taken).as("taken on day " + day).isEqualTo(6);
            }
        }
    }

    @Test
    void movedAppointmentFreesItsSlotOnAllServers() {
        assertThat(book(a, "2026-03-03", "09:00", "Ann Lee").has("error")).isFalse();

        assertThat(run(b, "reschedule_appointment",
                "{\"name\":\"Ann Lee\",\"new_day\":\"2026-03-04\",\"new_time\":\"10:00\"}").path("day")
                .asString("")).isEqualTo("2026-03-04");

        assertThat(book(a, "2026-03-03", "09:00", "Bob").has("error")).isFalse();
        assertThat(book(a, "2026-03-04", "10:00", "Bob").path("error").asString("")).contains("taken");
        assertThat(run(a, "cancel_appointment", "{\"name\":\"Ann Lee\"}").has("error")).isFalse();
        assertThat(book(b, "2026-03-04", "10:00", "Bob").has("error")).isFalse();
    }

    @Test
    void replacementIsKnownAfterAnotherOne() throws Exception {
        RedisText here = a.calendar();
        var empty = here.read();
        assertThat(here.replace(empty, "first", "1")).isEqualTo("done");
        assertThat(b.calendar().replace(b.calendar().read(), "second", "2")).isEqualTo("done");

        assertThat(here.replace(empty, "first", "1")).as("asked again").isEqualTo("done");
        assertThat(here.replace(empty, "third", "3")).isEqualTo("changed");
        assertThat(here.read().text()).isEqualTo("second");
    }

    @Test
    void withoutRedisTheCalendarSaysSo() throws Exception {
        redis.freeze();
        try {
            assertThat(book(a, "2026-03-03", "09:00", "Ann").path("error").asString(""))
                    .isEqualTo("I cannot reach the calendar right now.");
        } finally {
            redis.thaw();
        }

        assertThat(run(b, "find_appointment", "{\"name\":\"Ann\"}").path("appointments"))
                .as("nothing was booked later")
                .isEmpty();
    }

    private static JsonNode book(ClusterNode node, String day, String time, String name) {
        return run(node, "book_appointment",
                "{\"day\":\"" + day + "\",\"time\":\"" + time + "\",\"name\":\"" + name + "\"}");
    }

    private static JsonNode run(ClusterNode node, String tool, String arguments) {
        List<Tool> tools = AppointmentTools.shared(new RedisCalendar(node.calendar()));
        return JSON
                .readTree(ToolRunner.run(tools, tool, arguments, new ToolContext(() -> NOW, ZoneOffset.UTC)));
    }

    private ClusterNode node() {
        return ClusterNode.join(Settings.read(Map.of(), Map.of("PARLEY_REDIS_URL", redis.url(),
                "PARLEY_CLUSTER_SECRET", "a secret of at least 32 bytes ----")).cluster().orElseThrow());
    }
}
